"""A graphics library of the system is missing, which OpenCV or another package asks for.

## Why it matters
OpenCV with windows needs OpenGL and X libraries, which servers and container images leave out. The program stops when
it imports `cv2`; torch is not involved.

## What to do
Use OpenCV's build without windows, which needs none of them, or install the libraries of the system.

## References
- https://github.com/opencv/opencv-python#installation-and-usage
"""

from __future__ import annotations

from doctor.facts import ErrorText
from doctor.model import Severity
from doctor.remedy.actions import Action, Install, SystemPackage, Uninstall

SEVERITY = Severity.ERROR
_LIBRARIES = (
    r"(?:libGL|libEGL|libOpenGL|libGLU|libSM|libICE|libXext|libXrender|libX11|libXrandr|libXi|libxcb[\w-]{0,20}"
    r"|libgthread-2\.0|libglib-2\.0)\.so(?:\.\d{1,3})?"
)
SIGNATURES = (
    rf"\b{_LIBRARIES}: cannot open shared object file",
    rf"error while loading shared libraries: {_LIBRARIES}\b",
)
WITH_WINDOWS = ("opencv-python", "opencv-contrib-python")


def remedies(error: ErrorText | None) -> tuple[Action, ...]:
    system = SystemPackage(name="graphics libraries")
    if error and "cv2" not in error.text and "opencv" not in error.text and "Traceback" in error.text:
        return (system,)
    headless = Install(requirements=("opencv-python-headless",), anew=True, step=True)
    return Uninstall(names=WITH_WINDOWS, title="Use OpenCV without windows"), headless, system
