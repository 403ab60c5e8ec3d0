"""bitsandbytes-library-missing."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import Failure, Host, Module, Package, Packages, Python, Runtime, Torch, Variables
from doctor.model import Severity
from tests.rules.judging import facts_of, finding, is_cleared, is_open, points_to

RULE = "bitsandbytes-library-missing"
HERE = {"host": Host(os="linux"), "python": Python(executable="python")}


def test_the_newest_then_what_it_looks_for():
    upgrade, ask = remedies_of(rules.load(RULE), facts_of(**HERE))
    assert upgrade.commands == (("python", "-m", "pip", "install", "--upgrade", "bitsandbytes"),)
    assert ask.commands[0][-3:] == ("python", "-m", "bitsandbytes")


def test_a_variable_that_names_another_library_goes_first():
    facts = facts_of(**HERE, variables=Variables(values={"BNB_CUDA_VERSION": "118"}))
    assert "-u" in remedies_of(rules.load(RULE), facts)[0].commands[0]


def test_a_cpu_build_of_torch_is_what_to_mend():
    facts = facts_of(**HERE, torch=Torch(version="2.6.0+cpu", build="cpu", cuda_version=""))
    assert not any(
        "bitsandbytes" in word for r in remedies_of(rules.load(RULE), facts) for c in r.commands for word in c
    )


def test_texts():
    path = "D:\\e\\Lib\\site-packages\\bitsandbytes\\libbitsandbytes_cuda118.dll"
    loader = f"Could not find module '{path}' (or one of its dependencies). Try using the full path"
    assert points_to(RULE, loader)
    assert not points_to("foreign-extension-dll-load", loader)
    assert points_to(RULE, "AttributeError: 'NoneType' object has no attribute 'cget_managed_ptr'")
    assert not points_to(RULE, "AttributeError: 'NoneType' object has no attribute 'cuda'")
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'bitsandbytes'")


def test_releases_that_knew_linux_alone():
    windows, old = Host(os="windows"), Packages((Package("bitsandbytes", "0.40.2"),))
    found = finding(RULE, host=windows, packages=old)
    assert found is not None
    assert found.severity is Severity.WARNING and "0.43" in found.message
    assert is_open(RULE, host=Host(os="linux"), packages=old)
    assert is_open(RULE, host=windows, packages=Packages((Package("bitsandbytes", "0.45.0"),)))
    imported = Runtime(modules=(Module("bitsandbytes", "0.40.2"),))  # somebody's build for Windows
    assert is_cleared(RULE, host=windows, packages=old, runtime=imported)
    fails = Runtime(modules=(Module("bitsandbytes", "0.40.2", Failure("no library")),))
    assert finding(RULE, host=windows, packages=old, runtime=fails) is not None
