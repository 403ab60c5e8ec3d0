"""The shell does not know conda.

## Why it matters
conda's installer changes no shell by itself. Until conda has set it up, `conda activate` fails, and what is installed
next goes into another Python.

## What to do
Use the Anaconda or Miniforge Prompt, or let conda set up this shell, and open a new one.

## References
- https://docs.conda.io/projects/conda/en/stable/dev-guide/deep-dives/activation.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice
from doctor.rules.windows import _shell

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Run 'conda init' before 'conda activate'",
    r"[Yy]our shell has not been properly configured to use 'conda activate'",
    _shell.not_recognized(r"(?:conda|mamba|micromamba)"),
    _shell.told("(?:conda|mamba|micromamba)"),
    r"\b(?:conda|mamba) ?: (?:command )?not found|command not found: (?:conda|mamba)\b",
    r"argument COMMAND: invalid choice: '(?:de)?activate'",  # conda's program itself, without the shell's function
    r"is running as a subprocess and can't modify the parent shell",
    # nothing happened: the next prompt names no environment
    r"^PS [A-Z]:\\[^>\n]{0,200}> conda activate (?!base\b)\S{1,60} PS [A-Z]:\\",
)


def remedies() -> tuple[Action, ...]:
    return (
        Advice(title="Open the Anaconda or Miniforge Prompt, or run conda's own init from there, then a new shell"),
    )
