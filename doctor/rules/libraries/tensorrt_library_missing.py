"""A library of TensorRT cannot be opened.

## Why it matters
torch-tensorrt, ONNX Runtime, mmdeploy and others load TensorRT's libraries (libnvinfer) in the major version that they
were built for. That version is not installed, or lies where the loader does not look. torch itself does not need it.

## What to do
Install TensorRT in the version at the end of the library's name, or let the loader find it.

## References
- https://docs.nvidia.com/deeplearning/tensorrt/latest/installing-tensorrt/installing.html
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, AskPip

SEVERITY = Severity.ERROR
_LIBRARY = r"\blib(?:nvinfer(?:_plugin|_dispatch|_lean)?|nvonnxparser|nvparsers)\.so[\d.]{0,12}"
SIGNATURES = (
    rf"{_LIBRARY}['\"]?: cannot open shared object file",
    r"(?:not |n't |cannot |fail\w{0,6} ).{0,60}\b(?:nvinfer(?:_plugin)?|nvonnxparser)(?:_\d{1,2})?\.dll",
)
WHICH = "See whether TensorRT is installed here, and in which version"
SAME = "Install TensorRT in the major version at the end of the library's name"
FOLDER = "Where it is installed as an archive or by the system, its lib folder has to be in {variable}"


def remedies(host: Host | None) -> tuple[Action, ...]:
    folder = FOLDER.format(variable="PATH" if host and host.os == "windows" else "LD_LIBRARY_PATH")
    return AskPip(words=("show", "tensorrt"), title=WHICH), Advice(title=SAME), Advice(title=folder)
