"""local-torch-shadow-or-broken-import."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Facts, Host, Python, Runtime, Shadow, Torch
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "local-torch-shadow-or-broken-import"


def test_fires_on_a_file_named_torch_in_the_working_folder():
    python = Python(shadowing=(Shadow("torch", "/project/torch.py"),))
    found = finding(RULE, python=python, host=Host(os="linux"))
    assert found is not None
    assert "/project/torch.py" in found.message
    assert commands(found) == [("mv", "/project/torch.py", "/project/torch.py.renamed")]
    for shell, program in (("powershell", "Move-Item"), ("cmd", "move"), ("bash", "mv")):
        assert commands(finding(RULE, python=python, host=Host(os="windows", shell=shell)))[0][0] == program


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


def test_the_program_may_have_started_in_another_folder():
    assert is_open(RULE, python=Python())
    runtime = Runtime(imported=True, file="/env/site-packages/torch/__init__.py")
    assert is_open(RULE, python=Python(), runtime=runtime, torch=Torch(location="/env/site-packages/torch"))


def test_a_text_alone_never_installs_an_unpinned_torch():
    first, second, third = remedies_of(rules.load(RULE), Facts())
    assert first.commands[0][:2] == ("python", "-c")
    assert second.commands == ()
    assert third.commands == (("torch-doctor", "match"),)
