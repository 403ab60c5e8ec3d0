"""A cheap look at a file's bytes: can it hold anything a rule is about? Most files cannot, and are not parsed."""

from __future__ import annotations

import re

_LOADERS = re.compile(rb"[Dd]ata_?[Ll]oader|[a-z]_loaders?\(|NeighborLoader|TrainingArguments|set_sharing_strategy")
_DATASET = re.compile(rb"class\s+\w+\s*\((?:[^)c]|c(?!lass\s))*(?:Dataset|ImageFolder|DatasetFolder)\b")
# What makes a dataset class a hazard even where no loader is in sight.
_STATE = re.compile(
    rb"h5py|lmdb|sqlite3|pymongo|psycopg|netCDF4|open_file|=\s*(?:\w+\.)*open\(|\[open\(|ZipFile|tarfile|mmap|VideoCapture"
    rb"|Lock\(\)|default_rng|RandomState\(|random\.Random\(|Generator\(|Semaphore|\.cuda\(|['\"](?:cuda|mps)\b|lambda"
    rb"|IterableDataset|boto3|gcsfs|s3fs|fsspec|grpc|storage\.Client|backward\(|autograd\.grad|iter\(|csv\.reader"
)


def relevant(data: bytes) -> bool:
    """Whether a file can hold a finding. Errs on the side of True."""
    if _LOADERS.search(data):
        return True
    return b"Dataset" in data and bool(_DATASET.search(data)) and bool(_STATE.search(data))
