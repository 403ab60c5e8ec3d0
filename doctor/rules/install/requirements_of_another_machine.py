"""The requirements name files that only the machine of their author had.

## Why it matters
`pip freeze` in a conda environment writes where conda built each package (`numpy @ file:///croot/numpy_...`), and a
wheel that was installed from a folder is written down with that folder. Elsewhere pip finds no such file.

## What to do
Replace the paths by versions, or leave them out.

## References
- https://pip.pypa.io/en/stable/cli/pip_list/
- https://pip.pypa.io/en/stable/reference/requirement-specifiers/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_BUILT_IN = (  # where conda's packages are built
    r"(?:croot|feedstock_root|tmp[\\/]+build[\\/]+80754af9|opt[\\/]+(?:conda[\\/]+conda-bld|concourse)"
    r"|home[\\/]+(?:conda|ktietz|builder|task_\d{6,})[\\/]|Users[\\/]+(?:ktietz|builder|runner)[\\/]|work[\\/]+(?:ci_|recipes|perseverance)"
    r"|[cC]i(?:_\d+)?[\\/]|[dD]:?[\\/]+bld[\\/]|[bB](?:ld)?[\\/]+abs_|private[\\/]+var[\\/]+folders[\\/])"
)
SIGNATURES = (
    rf"Could not install packages due to an (?:OSError|EnvironmentError): \[Errno 2\][^\n]{{0,60}}: "
    rf"['\"](?:[A-Za-z]:)?[\\/]{{1,4}}{_BUILT_IN}",
    r"Requirement ['\"][^'\"\n]{1,300}\.whl['\"] looks like a filename, but the file does not exist",
    rf"Distribution not found at: file:///{{1,2}}(?:[A-Za-z]:/)?{_BUILT_IN}",
)
PIP = "In that conda environment, write the file again with `pip list --format=freeze`"
VERSIONS = "Replace each path by a version: `numpy @ file:///croot/numpy_...` becomes `numpy`, or `numpy==1.26.4`"


def remedies() -> tuple[Action, ...]:
    return Advice(title=VERSIONS), Advice(title=PIP)
