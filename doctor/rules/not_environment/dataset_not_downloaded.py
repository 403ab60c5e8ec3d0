"""The dataset or file is not where the program looks for it.

## Why it matters
The environment works. The program was told not to download the data, or its path does not exist; relative paths depend
on the folder in which the program is started.

## What to do
Set `download=True` once, or correct the path.

## References
- https://docs.pytorch.org/vision/stable/datasets.html
"""

from __future__ import annotations

from doctor.model import OF_INSTALLERS, Severity

SEVERITY = Severity.INFO
# The closing quote is missing where a text was cut
_OF_DATA = (
    r"(?!\S{0,200}(?:requirements|README|LICENSE|VERSION|METADATA|site-packages|dist-info|pip-|\.dll|\.so))"
    r"\S{0,160}(?:data|train|val|dataset|\.csv|\.jpg|\.png|\.txt|\.json|\.pth?)\S*(?:'|$)"
)
SIGNATURES = (
    rf"FileNotFoundError: .{{0,40}}No such file or directory: '{_OF_DATA}",
    r"(?i)system can ?not find the (?:path|file|route)(?: specified)?\.? ?: ?'(?![^'\n]{0,160}site-packages)"
    r"[\w.~:/\\-]{0,160}(?:data|train|images)",
    rf"FileNotFoundError: \[WinError [23]\] [^:]{{2,80}}: '{_OF_DATA}",  # in the language of that Windows
    r"Dataset not found(?: or corrupted)?\.? ?(?:You can use download=True)?",
    r"(?:You can use|set) `?download=True`? to download it|images not found.{0,20}, missing path",
    r"Found no valid file for the classes|Found 0 (?:files|images) in (?:subfolders|folder)",
    r"Couldn't find any class folder in",
    r"The archive \S{1,200} is not present in the root directory"
    r"|is not present in the root directory or is corrupted",
    r"[Dd]ataset not found.{0,60}(?:missing|download)",
    r"DatasetNotFoundError|Couldn't find (?:a )?dataset",
)
IN_OWN_CODE = ()
NOT_WHILE = OF_INSTALLERS
