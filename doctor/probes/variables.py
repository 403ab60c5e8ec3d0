"""Environment variables that change what PyTorch, Python and the installers do: an allow-list, nothing else is read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from doctor.facts import Variables
from doctor.privacy import redact, without_credentials
from doctor.target import Target

_PREFIXES = (
    "CUDA NVIDIA CUDNN CUBLAS NVCC NCCL GLOO TORCH PYTORCH TORCHINDUCTOR TRITON OMP MKL KMP GOMP OPENBLAS NUMEXPR"
    " HSA HIP ROCR ROCM MIOPEN AMD_LOG ZE SYCL ONEAPI PYTHON CONDA MAMBA PIXI PIP UV POETRY VIRTUALENV HF_HUB DYLD"
    " MALLOC MIMALLOC LD"
)
_NAMES = (
    "PATH LIBRARY_PATH CPATH VIRTUAL_ENV HOMEBREW_PREFIX XDG_CACHE_HOME TMPDIR TEMP TMP LANG LC_ALL LC_CTYPE"
    " HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY FTP_PROXY SSL_CERT_FILE SSL_CERT_DIR REQUESTS_CA_BUNDLE CURL_CA_BUNDLE"
    " HF_ENDPOINT HF_HOME CC CXX MAX_JOBS USE_CUDA USE_ROCM FORCE_CUDA DISPLAY WSL_DISTRO_NAME WSL_INTEROP"
    " KUBERNETES_SERVICE_HOST COLAB_RELEASE_TAG KAGGLE_KERNEL_RUN_TYPE SLURM_CPUS_PER_TASK SLURM_GPUS_ON_NODE"
    " SLURM_JOB_GPUS WORLD_SIZE RANK LOCAL_RANK LOCAL_WORLD_SIZE TF_ENABLE_ONEDNN_OPTS XLA_FLAGS"
)
_ALLOWED = re.compile(rf"(?i)(?:{'|'.join(_PREFIXES.split())})_[A-Z0-9_]+|PYTHON[A-Z0-9]+|{'|'.join(_NAMES.split())}")
_SECRET = re.compile(
    r"(?i)TOKEN|PASSW|SECRET|CREDENTIAL|USERNAME|API_?KEY|ACCESS_?KEY|(?:^|_)AUTH(?:$|_)|(?:^|_)KEY(?:$|_)"
)
_WITH_URLS = re.compile(r"(?i)PROXY|INDEX|URL|LINKS|CHANNEL|MIRROR|ENDPOINT")
_LONGEST = 4096


def probe(target: Target) -> Variables:
    return Variables(select(target.env))


def select(env: Mapping[str, str]) -> dict[str, str]:
    """The variables that matter, sorted by name, without anything private; a secret is only said to be set."""
    return {name: _clean(name, env[name]) for name in sorted(env) if _ALLOWED.fullmatch(name)}


def _clean(name: str, value: str) -> str:
    if _SECRET.search(name):
        return "…" if value else ""
    if _WITH_URLS.search(name):
        value = " ".join(without_credentials(word) for word in value.split())
    return redact(value[:_LONGEST])
