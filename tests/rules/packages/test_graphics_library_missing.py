"""graphics-library-missing: its texts are in tests/explain/examples."""

import pytest

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "graphics-library-missing"
MISSING = "ImportError: libGL.so.1: cannot open shared object file: No such file or directory"


@pytest.mark.parametrize(
    ("text", "opencv"),
    [
        (MISSING, True),
        (f"Traceback (most recent call last):\n    import cv2\n{MISSING}", True),
        (f"Traceback (most recent call last):\n    import open3d as o3d\n{MISSING}", False),
    ],
)
def test_opencv_without_windows_is_for_opencv(text, opencv):
    told = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux"), error=ErrorText(text=text)))
    assert any("opencv" in remedy.title.lower() for remedy in told) is opencv


def test_near_misses():
    assert not points_to(RULE, "ImportError: libGLue.so.1: cannot open shared object file")
    assert not points_to(RULE, "libGL error: failed to load driver: swrast")
