"""torch-too-old-for-library."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host, Nvidia, Python
from doctor.rules.packages._torch_names import release_with
from tests.rules.judging import facts_of, points_to

RULE = "torch-too-old-for-library"


def test_texts():
    assert points_to(RULE, "Disabling PyTorch because PyTorch >= 2.4 is required but found 2.2.2")
    assert points_to(RULE, "AttributeError: module 'torch' has no attribute 'float8_e4m3fn'")
    assert points_to(RULE, "AttributeError: module 'torch.utils._pytree' has no attribute 'register_pytree_node'")
    assert not points_to(RULE, "AttributeError: module 'torch' has no attribute 'Tensor'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'torch'")


def test_the_set_that_fits_where_the_machine_is_known_and_a_look_up_elsewhere():
    assert remedies_of(rules.load(RULE), facts_of())[0].commands == (("torch-doctor", "match"),)
    linux = Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.28")
    facts = facts_of(host=linux, python=Python(version="3.9.1"), nvidia=Nvidia(driver_version="", gpus=()))
    first = remedies_of(rules.load(RULE), facts)[0]
    assert first.commands[0][:6] == ("python", "-m", "pip", "install", "torch==2.8.0+cpu", "torchvision==0.23.0+cpu")


def test_the_release_that_has_the_name():
    told = {
        "AttributeError: module 'torch' has no attribute 'frombuffer'": "1.10",
        "AttributeError: module 'torch.nn' has no attribute 'RMSNorm'": "2.4",
        "ImportError: cannot import name 'LRScheduler' from 'torch.optim.lr_scheduler' (/e/lr_scheduler.py)": "2.0",
        "AttributeError: module 'torch' has no attribute 'rfft'": "",
        "AttributeError: module 'numpy' has no attribute 'frombuffer'": "",
    }
    for text, release in told.items():
        assert release_with(text) == release
        assert points_to(RULE, text) is bool(release)
    facts = facts_of(error=ErrorText("AttributeError: module 'torch' has no attribute 'frombuffer'"))
    assert ">=1.10" in remedies_of(rules.load(RULE), facts)[0].commands[0]
