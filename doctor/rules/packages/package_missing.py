"""A package that the program needs is not installed in this environment.

## Why it matters
The program imports a package that this interpreter does not find. torch itself is not the cause. The name of the import
and the name that pip installs can differ (`cv2` is opencv-python, `PIL` is pillow, `yaml` is PyYAML).

## What to do
Install the requirements of the program with the interpreter that runs it.

## References
- https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Install
from doctor.rules.not_environment import wrong_import_name

SEVERITY = Severity.WARNING
UNLESS = wrong_import_name.SIGNATURES
SIGNATURES = (
    r"(?:nvidia-ml-py|amdsmi|safetensors) (?:does not seem to be|is not) installed"
    r"|RuntimeError: Missing dependencies: \w",
    r"requires the '?(?:cuda[-.]bindings|cuda-python|nccl4py)'? package|'etcd' module is required",
    r"(?:ModuleNotFoundError|ImportError): No module named "
    r"'?(?!torch(?:vision|audio|gen)?\b|triton|numpy\b|_ssl|pip\b|ensurepip|venv\b|typing_extensions|sympy|doctor)"
    # names that a project gives to its own folders, and a file that hides a package
    r"(?!(?:utils?|models?|src|tools|lib|configs?|dataset|modules|core|common|net(?:work)?s?|layers|loss(?:es)?|scripts"
    r"|comfy(?:_extras|_execution)?|folder_paths)\b)"
    r"(?!.{0,120} is not a package)\w+(?![\w.])",  # of a.b, a is there
    r"requires? (?!the (?:Py)?[Tt]orch)(?:the )?[\w-]{1,40}(?: library)?"
    r"(?:: `pip install| but it was not found in your environment)",
    r"requires `(?!torch)[\w-]{1,40}`\. You can install it with `pip install",
    r"RuntimeError: Missing dependencies: (?!torch)\w",
    r"module for custom nodes: No module named '(?!torch|triton\b|numpy\b|comfy\b)\w+'",  # ComfyUI
    r"PackageNotFoundError: No package metadata was found for (?!torch)\w+",
    r"following packages that were not found in your environment: (?!.{0,60}flash_attn)\w",
    r"\bpython[\w.-]{0,12}['\"]?: No module named '?(?:uv|build|virtualenv|accelerate|deepspeed|ultralytics|vllm"
    r"|streamlit|gradio|jupyter|ipykernel(?:_launcher)?|notebook|pytest|PyInstaller|tensorboard|lightning|huggingface_hub"
    r"|bitsandbytes|xformers|spacy|nltk|pipx|poetry)\b",  # python -m NAME
    r"\b[\w-]{2,40} with minimum required version \S{1,20} is not installed",  # SGLang
    r"'gdown' is required\. You can install it|pynvml (?:module not found|does not seem to be installed)",
)


# modules that are called as what installs them: what builds others needs them, and no list of requirements has them
_OF_BUILDS = re.compile(r"No module named '?(packaging|wheel|setuptools|psutil|distutils)\b")
_DISTUTILS = "Install setuptools, which has distutils: Python 3.12 and later come without it"
_ISOLATED = re.compile(r"pip-build-env-|[/\\]builds-v\d|Getting requirements to build")


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    if (named := _OF_BUILDS.search(text)) and not _ISOLATED.search(text):
        if named[1] == "distutils":
            return (Install(requirements=("setuptools",), title=_DISTUTILS),)
        return (Install(requirements=(named[1],), title="Install what the build imports"),)
    return (Install(requirements=("-r", "requirements.txt"), title="Install the packages that the program requires"),)
