"""local-torch-shadow-or-broken-import."""

from doctor.facts import Python, Runtime, Shadow, Torch
from tests.rules.judging import commands, finding, points_to

RULE = "local-torch-shadow-or-broken-import"


def test_fires_on_a_file_named_torch_in_the_working_folder():
    found = finding(RULE, python=Python(shadowing=(Shadow("torch", "/project/torch.py"),)))
    assert found is not None
    assert "/project/torch.py" in found.message
    assert commands(found)[0][:2] == ("mv", "/project/torch.py")


def test_fires_when_another_torch_than_the_installed_one_is_loaded():
    runtime = Runtime(imported=True, file="/src/pytorch/torch/__init__.py")
    torch = Torch(version="2.7.1", location="/env/lib/python3.12/site-packages/torch")
    assert finding(RULE, python=Python(), runtime=runtime, torch=torch) is not None


def test_quiet_on_the_installed_torch_whatever_the_slashes():
    runtime = Runtime(imported=True, file="C:\\env\\Lib\\site-packages\\torch\\__init__.py")
    torch = Torch(version="2.7.1", location="C:/env/lib/site-packages/torch/")
    assert finding(RULE, python=Python(), runtime=runtime, torch=torch) is None
    assert finding(RULE, python=Python(shadowing=(Shadow("random", "/project/random.py"),))) is None


def test_texts():
    assert points_to(RULE, "ModuleNotFoundError: No module named 'torch._C'")
    assert points_to(
        RULE, "ImportError: cannot import name 'Tensor' from partially initialized module 'torch' (most likely"
    )
    assert points_to(RULE, "AttributeError: module 'torch' has no attribute 'nn'")
    assert not points_to(RULE, "AttributeError: module 'torch' has no attribute 'xpu'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch'")
    dlopen = (
        "ImportError: dlopen(/env/lib/python3.8/site-packages/torch/_C.cpython-38-darwin.so, 2): Library not loaded: "
    )
    assert points_to(RULE, dlopen + "@rpath/libc++.1.dylib")
    assert not points_to(RULE, dlopen + "@rpath/libomp.dylib")
    assert not points_to(RULE, dlopen.replace("torch/_C", "cv2/cv2") + "@rpath/libc++.1.dylib")
