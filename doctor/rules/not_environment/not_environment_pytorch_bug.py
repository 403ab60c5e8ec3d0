"""This is a bug in PyTorch or another library.

## Why it matters
The environment is sound. An internal check of the library failed, or its compiler generated code that does not compile.

## What to do
Try the newest release and the previous one, and search the project's issues for the message. If torch.compile is
involved, run without it for now.

## References
- https://github.com/pytorch/pytorch/issues
"""

from __future__ import annotations

from doctor.model import OF_INSTALLERS, Severity

SEVERITY = Severity.INFO
UNLESS = (r"fatal error\b.{0,120}(?:No such file|not found)|cannot find -l|unrecognized command[- ]line option",)
SIGNATURES = (
    # Inductor names its variables so: what it generated does not compile
    r"error\b.{0,40}\btmp\d{1,4}\b.{0,60}(?:undeclared identifier|was not declared)",
    r"INTERNAL ASSERT FAILED at",
    r"[Pp]lease (?:report (?:a|this) bug|report this|file an? (?:issue|bug)).{0,80}(?:PyTorch|pytorch|torch)",
    r"triton\.compiler\.errors\.(?:CompilationError|UnsupportedLanguageConstruct)"
    r"|^\s*CompilationError: at \d+:\d+",
    r"(?:LoweringException|torch\._inductor\.exc\.LoweringException)",
    r"PassManager::run failed|LLVM ERROR: |Assertion `.{0,120}' failed\..{0,20}(?:Aborted)?",
    r"torch\._dynamo\.exc\.(?:InternalTorchDynamoError|TorchRuntimeError|Unsupported)",
    r"BackendCompilerFailed: backend='?\w+'? raised",
    r"(?:is not currently implemented for the MPS device|not implemented on the MPS)",
    r"Could not run '.{1,80}' with arguments from the '\w+' backend",
    r"torch\.onnx\.(?:errors\.)?\w*Error\b",
    r"(?:failed assertion|MPSNDArray|MPSGraph).{0,80}(?:assert|[Ee]rror)",
)
NOT_WHILE = OF_INSTALLERS
