"""torchvision-image-extension."""

from doctor.facts import Failure, Module, Runtime
from doctor.model import Severity
from tests.rules.judging import finding, points_to

RULE = "torchvision-image-extension"
FAILED = Failure("OSError: libjpeg.so.8: cannot open shared object file")


def test_a_warning_when_only_reading_images_fails():
    runtime = Runtime(modules=(Module("torchvision"), Module("torchvision.io", failure=FAILED)))
    found = finding(RULE, runtime=runtime)
    assert found and found.severity is Severity.WARNING
    assert "libjpeg" in found.message


def test_quiet_when_all_works_or_all_fails():
    assert finding(RULE, runtime=Runtime(modules=(Module("torchvision"), Module("torchvision.io")))) is None
    broken = (Module("torchvision", failure=FAILED), Module("torchvision.io", failure=FAILED))
    assert finding(RULE, runtime=Runtime(modules=broken)) is None
    assert finding(RULE, runtime=Runtime()) is None


def test_texts():
    assert points_to(
        RULE, "UserWarning: Failed to load image Python extension: libtorch_cuda_cu.so: cannot open shared"
    )
    assert not points_to(RULE, "PIL.UnidentifiedImageError: cannot identify image file 'a.jpg'")
