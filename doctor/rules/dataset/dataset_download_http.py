"""A download of data or weights fails: the server refuses it, is gone, or cannot be reached.

## Why it matters
The server answers with an error or not at all. Yann LeCun's MNIST server did so for years; newer torchvision releases
use mirrors.

## What to do
Try again later, download the files by hand into the folder that the program names, or use a newer torchvision.

## References
- https://github.com/pytorch/vision/issues/1938
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
# neither a model hub's, nor an installer's, nor the calls of a service
_NOT_OTHERS = (
    r"(?!.{0,500}(?:huggingface|\.hf\.co|hf-mirror|modelscope|pypi|/simple/|host='api\.|localhost|127\.0\.0\.1))"
)
# what a package's build fetches, such as a ready wheel of its own
UNLESS = (r"[\\/]pip-(?:install|req-build|wheel)-\w{4,12}[\\/]",)
SIGNATURES = (
    r"Failed to download (?:\(trying next\)|MNIST|.{0,80}dataset)|Error downloading \S+\.(?:gz|zip|tar|tgz)",
    r"^\s*HTTP Error (?:4\d\d|5\d\d): ",
    r"urllib\.error\.HTTPError: HTTP Error \d{3}",
    r"there is no internet connection and the repo could not be found in the cache",
    r"HTTPError: HTTP Error (?:4\d\d|5\d\d)",
    r"urllib\.error\.URLError: <urlopen error (?!.{0,20}CERTIFICATE)",
    rf"^{_NOT_OTHERS}(?!.{{0,500}}/api/)(?:requests|urllib3)\.exceptions\.(?:ConnectionError|ConnectTimeout|ReadTimeout|MaxRetryError"
    r"|HTTPError): ",
    r"<urlopen error (?:\[Errno|timed out|Remote end|EOF)",
    r"(?:Google Drive|gdown).{0,120}(?:quota|confirmation|limit|Cannot retrieve|Too many)",
    r"Cannot retrieve the public link of the file|Too many users have viewed or downloaded",
    rf"Couldn't reach {_NOT_OTHERS}.{{0,60}}dataset",
    r"RuntimeError: The daily quota of the file",
    r"(?:ContentTooShortError|http\.client\.IncompleteRead): ",
    r"URL fetch failure on http",
    r"We detected some HTML elements in the downloaded file",
)


def remedies() -> tuple[Action, ...]:
    return (Advice(title="Try again later, or download the file by hand into the folder that the program names"),)
