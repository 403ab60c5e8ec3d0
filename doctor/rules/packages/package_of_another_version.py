"""An installed package is of another release than the program was written for.

## Why it matters
The package is there, but lacks a name that the program imports, or does not know a model. Packages of one family
(transformers, peft, diffusers, huggingface_hub, tokenizers) only fit each other in certain releases.

## What to do
Install the releases that the requirements of the program name, or bring all packages of the family up to date together.

## References
- https://docs.python.org/3/library/exceptions.html#ImportError
- https://huggingface.co/docs/transformers/installation
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText
from doctor.model import OF_INSTALLERS, Severity
from doctor.remedy.actions import Action, Advice, AskPip, Install

SEVERITY = Severity.ERROR
_NEEDED = (  # what transformers looks at when it is imported
    r"\b(?P<needed>(?:tokenizers|huggingface[-_]hub|safetensors|accelerate|numpy|packaging|filelock|regex|tqdm|pyyaml)"
    r"[<>=!~][\w.,<>=!~*]{1,60}) is required for a normal functioning of this module, but found"
)
_TOO_OLD = (
    r"Found an incompatible version of (?P<old>\w{1,30})\. Found version \S{1,30}, but only versions above"
    r" (?P<least>[\d.]{1,20}\d)"
)
_WITH_RULES = (  # of their own
    r"(?:torch(?:vision|audio)?|triton|flash_attn\w{0,10}|numpy|PIL|pip|setuptools|pkg_resources|typing_extensions)\b"
)
_FAMILY = (
    r"(?:transformers|diffusers|peft|accelerate|huggingface_hub|datasets|tokenizers|trl|optimum|sentence_transformers"
    r"|bitsandbytes|gradio(?:_client)?|timm|mm(?:cv|engine|det|seg|pose|pretrain)|torchmetrics|(?:pytorch_)?lightning"
    r"|torchtext|torch_geometric|vllm|sklearn|tensorflow|keras|jax)"
)
_LAZY = r"(?:transformers|diffusers|peft|trl|optimum|sentence_transformers|accelerate|huggingface_hub)"
_CALLED = r"(?:Accelerator|\w{0,12}Trainer|\w{0,12}TrainingArguments|(?:SFT|DPO|GRPO|Lora)Config|(?:Async)?Client)"
SIGNATURES = (
    _NEEDED,
    _TOO_OLD,  # peft
    rf"(?:[Pp]lease install|requires?) `?{_FAMILY}>=[\d.]{{1,12}}",
    # Cython, of a package that was compiled against another release of the one that it calls
    r"TypeError: C (?:function|variable) [\w.]{3,80} has wrong signature \(expected ",
    r"\bMM(?:CV|Engine)==.{1,40} is used but incompatible",
    r"has model type `[^`\n]{1,60}` but Transformers does not recognize this architecture",
    rf"cannot import name '\w{{1,60}}' from '{_FAMILY}(?:\.[\w.]{{1,80}})?'",
    # of a class, as their lazy modules say it, and as Python does
    rf"AttributeError: module '?{_LAZY}(?:\.[\w.]{{1,80}})?'? has no attribute '?[A-Z]\w{{2,60}}\b",
    rf"\b{_CALLED}\.__init__\(\) got an unexpected keyword argument",
    rf"(?:ImportError: |^\W{{0,4}})cannot import name '\w{{1,60}}' from"
    rf" '(?P<package>(?!{_WITH_RULES})[A-Za-z]\w{{1,40}})"
    r"(?:\.[\w.]{1,80})?' \(.{1,200}[\\/](?:site|dist)-packages[\\/]",
)
NOT_WHILE = OF_INSTALLERS
COMPARE = "Compare the installed release with the one that the requirements of the program name, and install that"


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    text = error.text if error else ""
    if needed := re.search(_NEEDED, text):
        return (Install(requirements=(needed["needed"],), title="Install a release that fits"),)
    if old := re.search(_TOO_OLD, text):
        return (Install(requirements=(f"{old['old']}>={old['least']}",), title="Install a release that fits"),)
    if "but Transformers does not recognize this architecture" in text:
        return (Install(requirements=("transformers",), upgrade=True, title="Install the current transformers"),)
    named = re.search(SIGNATURES[-1], text)
    return (AskPip(words=("show", named["package"]), title=COMPARE),) if named else (Advice(title=COMPARE),)
