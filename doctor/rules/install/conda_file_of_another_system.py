"""The conda environment file pins builds and packages of another system.

## Why it matters
`conda env export` writes down every package with its build, also those that only that system has: `libgcc-ng` is
Linux's, `vs2015_runtime` Windows'. On another system conda finds none of them, and installs nothing.

## What to do
Leave out the builds and what is not named on purpose, or create a new environment with the versions that matter.

## References
- https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html#exporting-the-environment-yml-file
"""

from __future__ import annotations

from doctor.facts import Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice, NewEnvironment

SEVERITY = Severity.ERROR
_LINUX = r"_libgcc_mutex|lib(?:gcc|stdcxx|gfortran)-ng|libgomp|ld_impl_linux-\w+|ncurses|readline|libedit"
_WINDOWS = r"vs20\d\d_runtime|wincertstore|pywin32|win_inet_pton|m2w64-[\w-]+|msys2-conda-epoch|icc_rt|ucrt"
_MAC = r"appnope|libcxx(?:abi)?|clang_osx-64|compiler-rt"
_NAMED = rf"(?:{_LINUX}|{_WINDOWS}|{_MAC})\b"
_BUILD = r"[\w.-]{1,60}==[\w.]{1,30}=(?:py\d{2,3})?h[0-9a-f]{5,8}_\d"  # conda's own build, with its hash
SIGNATURES = (
    rf"^[\s>`]{{0,8}}- ?{_NAMED}==[\w.]{{1,30}}=\w",  # conda doubles the first sign, files do not
    rf"(?:ResolvePackageNotFound|PackagesNotFoundError):.{{0,200}}- ?(?:{_NAMED}|{_BUILD})",
    rf"nothing provides requested {_NAMED}",
)
EXPLAINS = ("conda-unsatisfiable", "wrong-index-or-platform")
LEAVE = "Take the builds (the last `=...`) and the packages that only the other system has out of the file"
EXPORT = "Where the file comes from, write it with `conda env export --from-history`"
WSL = "A project that only knows Linux runs in WSL, in a conda of its own there"


def remedies(host: Host | None) -> tuple[Action, ...]:
    wsl = (Advice(title=WSL),) if host and host.os == "windows" else ()
    anew = NewEnvironment(title="Or create a new environment, and install what the project imports")
    return Advice(title=LEAVE), Advice(title=EXPORT), anew, *wsl
