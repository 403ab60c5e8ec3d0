"""A data file is damaged or incomplete.

## Why it matters
The checksum does not match, or the archive cannot be read: a download was interrupted, or an error page was saved under
the name of the archive.

## What to do
Delete the file and download it again.

## References
- https://docs.pytorch.org/vision/stable/datasets.html
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
UNLESS = (r"^\s*w\.start\(\)\s*$",)  # what ran out of input is a worker that was being started
SIGNATURES = (
    r"RuntimeError: File not found or corrupted",
    r"Invalid magic number; corrupt file\?|the pickle data is likely corrupt or malicious",
    r"invalid hash value \(expected|MD5 (?:checksum )?(?:mismatch|of the downloaded file)"
    r"|(?i:md5|sha-?256|checksum) .{0,200}(?:does not|doesn't|did not) match",
    r"(?:NonMatchingChecksumError|NonMatchingSplitsSizesError|ChecksumError)",
    r"(?:PIL\.)?UnidentifiedImageError: cannot identify image file",
    r"(?:OSError|IOError): (?:image file is truncated|broken data stream|unrecognized data stream"
    r"|Truncated File Read)",
    r"(?:zipfile\.)?BadZip[Ff]ile: (?:File is not a zip file|Bad)|tarfile\.ReadError: (?:not a gzip"
    r"|unexpected end|file could)|ReadError\('unexpected end of data'",
    r"gzip\.BadGzipFile|(?:OSError|IOError): Not a gzipped file|EOFError: Compressed file ended before",
    r"PytorchStreamReader failed (?:reading zip archive|reading file|finding|locating)",
    r"(?:_pickle|pickle)\.UnpicklingError: (?:invalid load key|pickle data was truncated"
    r"|unpickling stack underflow)",
    r"SafetensorError: .{0,40}(?:header|incomplete|Deserializ)|MetadataIncompleteBuffer|HeaderTooLarge",
    r"Premature end of JPEG file|Corrupt JPEG data|libpng error",
    r"(?:truncated file: eof = \d|file signature not found)",
    r"EOFError: Ran out of input|unexpected EOF, expected \d{1,12} more bytes",
    r"The hash value of the downloaded file .{1,400} does not match",
)


def remedies() -> tuple[Action, ...]:
    return (Advice(title="Delete the named file and download it again"),)
