"""The compiled part of a project is not there: its C++ or CUDA code was not built, or not for this Python.

## Why it matters
Many projects have operators of their own, which are compiled when the project is installed: `_C`, `_ext`, `..._cuda`.
Where the compiler, CUDA's toolkit or torch was not found then, some installations leave them out and say nothing. A
library that was built for another Python is not found either, nor is one that lies elsewhere than the folder in use.

## What to do
Build the project again in this environment, with the toolkit of the CUDA that its torch is built with, and read the
compiler's first error. The part belongs to the project: there is no package of that name to install.

## References
- https://docs.pytorch.org/docs/stable/cpp_extension.html
- https://github.com/IDEA-Research/GroundingDINO (installation)
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPython

SEVERITY = Severity.ERROR
_OTHERS = r"torch(?:vision|audio)?[.']"  # those whose compiled part has a rule of its own
_NOT_A_FUNCTION = r"(?!(?:is|has|to|use|get|set|with|no|check)_)"
_PART = rf"(?:_C|_ext|{_NOT_A_FUNCTION}\w{{1,40}}_cuda(?:_ext)?|cuda_impl|amp_C)"
SIGNATURES = (
    r"NameError: name '_C' is not defined",
    r"Failed to load custom C\+\+ ops",
    r"(?:ImportError|RuntimeError): Could not import _ext module",
    rf"\bcannot import name '?{_PART}'?(?: from (?:partially initialized module )?'(?!{_OTHERS})|\s*$)",
    r"ModuleNotFoundError: No module named 'vllm\._C'",  # as a warning, vLLM says so wherever there is no CUDA
    rf"\bNo module named '?(?!{_OTHERS}|vllm\.)(?:\w{{1,40}}\.){{1,6}}{_PART}'?(?:\s|$)",
    rf"\bNo module named '?{_NOT_A_FUNCTION}(?:\w{{1,40}}_cuda(?:_ext)?|amp_C|_C_\w{{1,20}})'?(?:\s|$)",
)
EXPLAINS = ("package-missing", "package-of-another-version", "attention-kernel-missing")
CANDIDATES = {
    "cuda-toolkit-missing": "neither CUDA_HOME nor nvcc is found: both are shown as None",
    "build-isolation-hides-torch": "it was installed without --no-build-isolation, and pip took another torch for it",
    "extension-abi-mismatch": "the file is there, and importing it alone says which symbol or library it lacks",
}
SHOW = "Show what a build would find: CUDA_HOME, nvcc, the CUDA of torch (its toolkit must be alike), and a GPU"
_CODE = (
    "import os, shutil, torch; "
    "print(os.environ.get('CUDA_HOME'), shutil.which('nvcc'), torch.version.cuda, torch.cuda.is_available())"
)
AGAIN = "In the project's folder, build it again (pip install -v --no-build-isolation .) and read the first error"


_PACKAGE = re.compile(r"No module named '(mmcv)\._ext'|No module named '(vllm)\._C'")
ANEW = (
    "Install {name} again as a wheel that was built for the installed torch and CUDA; where pip finds none, it builds"
    " {name} from its source, and leaves this part out without a compiler"
)


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    package = _PACKAGE.search(error.text) if error else None
    again = ANEW.format(name=package[1] or package[2]) if package else AGAIN
    return AskPython(_CODE, title=SHOW), Advice(title=again)
