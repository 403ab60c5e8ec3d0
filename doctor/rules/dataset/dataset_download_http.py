"""The server of a data set refuses or is gone.

## Why it matters
The download address answers with an error. The MNIST server of Yann LeCun did so for years; newer torchvision
releases know mirrors.

## What to do
Upgrade torchvision, download the files by hand, or try again later.

## References
- https://github.com/pytorch/vision/issues/1938
"""

from __future__ import annotations

from doctor.facts import Python
from doctor.model import Remedy, Severity
from doctor.rules._pip import environment_of, install

SEVERITY = Severity.ERROR
SIGNATURES = (
    r"Failed to download (?:\(trying next\)|MNIST|.{0,80}dataset)|Error downloading \S+\.(?:gz|zip|tar|tgz)",
    r"^\s*HTTP Error (?:4\d\d|5\d\d): ",
    r"urllib\.error\.HTTPError: HTTP Error \d{3}",
    r"HTTPError: HTTP Error (?:4\d\d|5\d\d)",
    r"urllib\.error\.URLError: <urlopen error (?!.{0,20}(?:SSL|CERTIFICATE))",
    r"^(?:requests|urllib3)\.exceptions\.(?:ConnectionError|ConnectTimeout|ReadTimeout|MaxRetryError"
    r"|HTTPError): .{0,200}",
    r"<urlopen error (?:\[Errno|timed out|Remote end|EOF)",
    r"(?:Google Drive|gdown).{0,120}(?:quota|confirmation|limit|Cannot retrieve|Too many)",
    r"Cannot retrieve the public link of the file|Too many users have viewed or downloaded",
    r"(?:We couldn't connect to|Couldn't reach|Connection error).{0,60}(?:huggingface|dataset|hub)",
    r"RuntimeError: The daily quota of the file",
    r"(?:RemoteDisconnected|ContentTooShortError|http\.client\.IncompleteRead): ",
    r"We detected some HTML elements in the downloaded file",
)


def remedies(python: Python | None) -> tuple[Remedy, ...]:
    command = install(python, "--upgrade", "torchvision")
    return (Remedy("Upgrade torchvision: newer releases know more mirrors", (command,), writes=environment_of(python)),)
