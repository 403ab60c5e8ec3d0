"""What contradicts what, in the words of uv and of pip."""

from __future__ import annotations

import pytest

from doctor.setup.conflict import conflict_error

UV = """\
error: No solution found when resolving dependencies
  cause: Because hydra-core==1.3.2 depends on omegaconf>=2.2,<2.4 and you require hydra-core==1.3.2, we can conclude that you require omegaconf>=2.2,<2.4.
         And because you require omegaconf==2.0.6, we can conclude that your requirements are unsatisfiable.
"""  # noqa: E501
UV_BOX = """\
  × No solution found when resolving dependencies:
  ╰─▶ Because served==0.6 depends on torch==2.4.0 and you require
      served==0.6, we can conclude that you require torch==2.4.0.
      And because you require torch==2.9.0+cu126, we can conclude that your
      requirements are unsatisfiable.
"""
PIP = """\
ERROR: Cannot install served==0.6 and torch==2.9.0+cu126 because these package versions have conflicting dependencies.

The conflict is caused by:
    The user requested torch==2.9.0+cu126
    served 0.6 depends on torch==2.4.0

To fix this you could try to:
1. loosen the range of package versions you've specified
"""


UV_ALL = """\
  cause: Because all versions of served depend on torch<2.13 and you require torch==2.15.0+cpu, we can conclude that
         your requirements and all versions of served are incompatible.
"""
PIP_CHAIN = """\
The conflict is caused by:
    The user requested torch==2.15.0+cpu
    torchvision 0.29.2+cpu depends on torch==2.15.0+cpu
    served 1.0 depends on torch<2.13
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (UV_ALL, "torch<2.13 (needed by served) against torch==2.15.0+cpu (chosen for this machine)"),
        (PIP_CHAIN, "torch<2.13 (needed by served==1.0) against torch==2.15.0+cpu (chosen for this machine)"),
        (UV, "omegaconf<2.4,>=2.2 (needed by hydra-core==1.3.2) against omegaconf==2.0.6 (asked for)"),
        (UV_BOX, "torch==2.4.0 (needed by served==0.6) against torch==2.9.0+cu126 (chosen for this machine)"),
        (PIP, "torch==2.4.0 (needed by served==0.6) against torch==2.9.0+cu126 (chosen for this machine)"),
        ("Because you require six<1 and six>=1.1, we can conclude", "six<1 (asked for) against six>=1.1 (asked for)"),
    ],
)
def test_contradictions(text: str, found: str) -> None:
    error = conflict_error(text)
    assert error is not None
    assert error.context == found


@pytest.mark.parametrize(
    "text",
    [
        "Because sixx was not found in the package registry and you require sixx>1, we can conclude that your",
        "Because there is no version of six==99 and you require six==99, we can conclude that your requirements",
        "Because a==1 depends on six>=1.10 and you require six==1.17.0, we can conclude",  # these two agree
        "ERROR: Could not find a version that satisfies the requirement six===99 (from versions: 1.16.0, 1.17.0)",
        "ConnectionError: the host depends on DNS and you require a network",
    ],
)
def test_other_failures(text: str) -> None:
    assert conflict_error(text) is None
