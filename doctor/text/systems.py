"""Which system a text comes from, by its paths, the names of its files and the words of its loader.

A drive's letter alone tells little: programs write of such paths everywhere. Nor does a text in which two speak.
"""

from __future__ import annotations

import re

_SHAPES = {
    "windows": re.compile(
        r"(?<![A-Za-z])[A-Za-z]:(?:\\\\?|/)(?:Users|Program|Windows|ProgramData)"
        r"|(?<![A-Za-z])[A-Za-z]:\\(?:\\?[\w .()-]{1,60}\\|[^\n]{1,200}\(os error \d)"
        r"|\bWinError \d|Access is denied|\bThe (?:process|system) cannot |\.dll\b(?! files)|\.pyd\b"
        r"|\bDLL load failed|(?m:^(?:\(\S{1,40}\) )?PS [A-Z]:)"
        r"|win_amd64|/win-64\b|Microsoft Visual C\+\+|\bcl\.exe\b|\bnvcc\.exe\b|\bcp\d+-win32\b"
        r"|'(?:gbk|mbcs|charmap|cp\d{3,4})' codec can't|\bfatal error (?:C|LNK)\d{4}\b|\bcl ?: .{1,40} D90\d\d\b"
        r"|\bWDDM\b|\bversion for cl:|\bvcvars(?:all|64)\.bat\b"
    ),
    "macos": re.compile(
        r"(?<![\w/:])/(?:Users|private/var/folders)/[\w.-]+/|\.dylib\b|Python\.framework|\bmacosx_\d|-darwin\.so\b"
        r"|\bmacOS(?:-?| (?:[A-Z]\w{2,9} )?)\d|\bDarwin\b"
        r"|/opt/homebrew/|(?<![\w/])/Applications/[^\n/]{1,40}\.app/|\(clang-\d{3,4}\.\d"
        r"|/osx-(?:arm64|64)\b|\bmach-o\b|\bMPS (?:backend|device|framework)\b|\bMacBook\b"
    ),
    "linux": re.compile(
        r"(?<![\w/])/(?:home|root|usr/lib|usr/local/lib/python|opt/conda|mnt|workspace|content|kaggle|lustre|scratch|proc)/"
        r"|/opt/rocm\b|\bROCk module version|dist-packages|manylinux|\bNVRM: "
        r"|\bsudo (?:apt|dnf|yum|pacman|dkms|modprobe)\b"
        r"|/linux-(?:64|aarch64)\b|\bLinux-\d|linux_(?:x86_64|aarch64)|(?<!darwin)\.so(?:\.\d+)*(?=[:\s'\")]|$)|-linux-gnu\b|\bglibc\b|\bGLIBC"
    ),
}
_WSL = re.compile(r"microsoft-standard|\bWSL2\b|(?<![\w/])/mnt/[a-z]/(?:Users|Windows)/")


def system_of(text: str) -> str | None:
    """windows, macos or linux; None where none speaks, or more than one. WSL is Linux, whatever paths it passes on."""
    told = [system for system, shape in _SHAPES.items() if shape.search(text)]
    if told == ["windows", "linux"] and is_wsl(text):
        return "linux"
    return told[0] if len(told) == 1 else None


def is_wsl(text: str) -> bool:
    return bool(_WSL.search(text))


HOSTED_NOTEBOOKS = {
    "colab": re.compile(r"(?<![\w./])/content/|\bgoogle\.colab\b|\bCOLAB_RELEASE_TAG\b"),
    "kaggle": re.compile(r"(?<![\w./])/kaggle/(?:working|input|lib|src)\b|\bKAGGLE_KERNEL_RUN_TYPE\b"),
}


def hosted_notebook(text: str) -> str | None:
    """ "colab" or "kaggle", by their folders, variables and modules; None where two are spoken of."""
    found = [name for name, shape in HOSTED_NOTEBOOKS.items() if shape.search(text)]
    return found[0] if len(found) == 1 else None
