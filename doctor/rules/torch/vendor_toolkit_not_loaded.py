"""The toolkit of an accelerator (CANN, DTK, MUSA and their kin) is not set up for this program, or is an older one.

## Why it matters
PyTorch for Ascend, Hygon, Moore Threads, Cambricon and other accelerators uses the libraries and Python modules of the
vendor's toolkit. They are found through variables that a script of the toolkit sets, and only in the shell that has
read it: a service, a new terminal, cron or `docker exec` begins without them.

## What to do
Read the toolkit's script into the shell that starts the program. Where there is no toolkit, install the release that
the plug-in or the build of torch names.

## References
- https://github.com/Ascend/pytorch#installation
- https://www.hiascend.com/document
"""

from __future__ import annotations

import re

from doctor.facts import ErrorText, Host
from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_ASCEND = r"hccl|ascendcl|ascend_hal|atb|opapi|ge_runner|ge_compiler|acl_op_compiler|nnopbase"
_OTHERS = (
    r"galaxyhip|musart|musa|mublas|mudnn|mccl|cnrt|cnnl|cndrv|cncl|mcruntime|mcblas|mcdnn|ixrt|ixml|topsrt|topsaten"
    r"|xpurt|xpuml|Synapse"
)
_NO_KERNELS = r"\bOp \w{1,60} does not has any binary"  # the kernels of CANN are a package of their own
SIGNATURES = (
    r"[Pp]lease run '?source set_env\.sh'? in the CANN installation path",
    rf"\blib(?:{_ASCEND})\.so[\d.]*: cannot open shared object file",
    rf"\blib(?:{_OTHERS})\.so[\d.]*: cannot open shared object file",
    r"GetWorkspaceSize not in libopapi\.so",
    r"\blibtorch_npu\.so: undefined symbol: (?:_ZNK?(?:3atb|3Mki|2ge)|acl[A-Zrn]|Hccl)\w+",  # an older one
    r"No module named '?(?:acl|tbe(?:\.[\w.]{1,80})?)'?\W{0,3}$",  # the toolkit's own Python modules
    _NO_KERNELS,
)
EXPLAINS = ("backend-extension-fails", "package-missing", "cuda-runtime-lib-missing", "torch-not-importable")
CANN = "Read the script set_env.sh of CANN (/usr/local/Ascend/ascend-toolkit, for libatb /usr/local/Ascend/nnal/atb)"
DTK = "Read the script env.sh of DTK (/opt/dtk) into the shell that starts the program"
OTHER = "Read the script of the vendor's toolkit that sets LD_LIBRARY_PATH into the shell that starts the program"
KERNELS = "Install the kernels package of CANN (Ascend-cann-kernels) for this chip, of the same release as the toolkit"
INSTALL = "Where the toolkit is not there, install the release of it that this torch or its plug-in names"


def remedies(host: Host | None, error: ErrorText | None) -> tuple[Action, ...]:
    install = Advice(title=INSTALL)
    if host and host.os != "linux":
        return (install,)
    if error and re.search(_NO_KERNELS, error.text):
        return Advice(title=KERNELS), Advice(title=CANN)
    return Advice(title=_script(error.text if error else "")), install


def _script(text: str) -> str:
    if "libgalaxyhip" in text:
        return DTK
    return OTHER if re.search(rf"\blib(?:{_OTHERS})\.so", text) else CANN
