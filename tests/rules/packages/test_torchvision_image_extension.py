"""torchvision-image-extension."""

from doctor.facts import Failure, Module, Package, Packages, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

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


def test_an_image_that_was_read_clears_it():
    assert is_cleared(RULE, runtime=Runtime(modules=(Module("torchvision"), Module("torchvision.io"))))
    assert is_open(RULE, runtime=Runtime(modules=(Module("torchvision"),)))
    broken = (Module("torchvision", failure=FAILED), Module("torchvision.io", failure=FAILED))
    assert is_open(RULE, runtime=Runtime(modules=broken))


def test_torchvision_comes_from_the_index_of_torch():
    runtime = Runtime(modules=(Module("torchvision"), Module("torchvision.io", failure=FAILED)))
    packages = Packages((Package("torch", "2.6.0+cu124"), Package("torchvision", "0.21.0")))
    found = finding(RULE, runtime=runtime, packages=packages, torch=Torch(version="2.6.0+cu124"))
    index = ("torchvision==0.21.0+cu124", "--index-url", "https://download.pytorch.org/whl/cu124")
    assert commands(found)[0][-3:] == index
