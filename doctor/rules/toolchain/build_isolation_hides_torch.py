"""A package is built in an environment of its own, in which there is no torch.

## Why it matters
pip and uv build a package in a fresh environment with what the package declares for its build. A setup.py that
imports torch without declaring it (flash-attn, xformers, detectron2) fails there, whether torch is installed or not.

## What to do
Install torch first, with the tools that the build needs (setuptools, wheel, ninja, packaging). Then build without
isolation, or install a wheel that is made for this torch.

## References
- https://pip.pypa.io/en/stable/reference/build-system/
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Install

SEVERITY = Severity.ERROR
_BUILT_WITH_TORCH = (  # without saying so in their pyproject.toml
    r"(?:flash[-_ ]?att(?:n|ention)|causal[-_]conv1d|mamba[-_]ssm|xformers|deepspeed|detectron2|pytorch3d|gsplat|natten"
    r"|torch[-_](?:scatter|sparse|cluster|spline[-_]conv)|sageattention|groundingdino|nvdiffrast|apex)"
)
SIGNATURES = (
    r"depends on `torch`, but doesn't declare it as a build dependency",
    r"(?:_get_build_requires|get_requires_for_build_|[/\\](?:pip-build-env-|builds-v\d)).{0,300}"
    r"No module named '?torch\b",
    r"Getting requirements to build \w{5,8} did not run successfully.{0,300}No module named '?torch\b",
    r"(?i)\b(?:py)?torch (?:must|should|needs to) be installed before (?:building|installing)",
    r"Unable to import torch, pre-compiling ops will be disabled",  # DeepSpeed, asked what it needs
    r"Unable to pre-compile ops without torch installed|(?i:pytorch not found\. please install pytorch first)",
    r"\b(?:pip3?|uv pip) install (?!\S*torch)\S{2,40}(?: \S{1,40}){0,3}\s{1,10}"
    r"ModuleNotFoundError: No module named '?torch\b",
    rf"(?i)(?:\binstall(?:ing|s)?\b|\bbuild(?:ing|s)?\b|安装|编译).{{0,40}}\b{_BUILT_WITH_TORCH}\b(?:(?!\bpython).){{0,120}}"
    r"No module named '?torch\b",
    rf"(?i)\binstall (?:\w+ ){{0,4}}\W?{_BUILT_WITH_TORCH}\b.{{0,80}}\bdo(?:es)?(?: not|n't) have (?:py)?torch\b",
    # a setup.py that is executed from a string; line 1 is `python -c`
    r"File \"<string>\", line (?!1,)\d{1,4}, in <module>\W{1,20}ModuleNotFoundError: No module named '?torch\b",
)
EXPLAINS = ("torch-not-installed", "torch-not-importable", "extension-not-compiled")


def remedies() -> tuple[Action, ...]:
    without = ("--no-build-isolation",)
    return (
        Install(requirements=("PACKAGE",), flags=without, title="With torch installed, build it without isolation"),
    )
