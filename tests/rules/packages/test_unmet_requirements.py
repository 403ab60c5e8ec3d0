"""unmet-requirements."""

from doctor.facts import Failure, Module, Package, Packages, Python, Runtime, Unmet
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open, points_to

RULE = "unmet-requirements"
SYMPY = Unmet("torch", "sympy>=1.13.3", "")


def test_fires_on_what_torch_needs():
    found = finding(RULE, packages=Packages(unmet=(SYMPY,)))
    assert found and found.severity is Severity.WARNING
    assert commands(found) == [("python", "-m", "pip", "install", "sympy>=1.13.3")]
    no_pip = Python(executable="/env/bin/python", pip_version="")
    uv = commands(finding(RULE, packages=Packages(unmet=(SYMPY,)), python=no_pip))
    assert uv == [("uv", "pip", "install", "--python", "/env/bin/python", "sympy>=1.13.3")]


def test_an_error_when_the_import_fails_for_it():
    failed = Runtime(failure=Failure("ModuleNotFoundError: No module named 'sympy'"))
    found = finding(RULE, packages=Packages(unmet=(SYMPY,)), runtime=failed)
    assert found and found.severity is Severity.ERROR


def test_quiet_on_pairs_and_on_other_packages():
    pair = Unmet("torchvision", "torch==2.7.1", "2.6.0")
    other = Unmet("jupyter", "notebook", "")
    assert finding(RULE, packages=Packages(unmet=(pair, other))) is None
    assert finding(RULE, packages=Packages()) is None


def test_texts():
    assert points_to(RULE, "torch 2.7.1 requires sympy>=1.13.3, but you have sympy 1.12 which is incompatible.")
    assert points_to(RULE, "ModuleNotFoundError: No module named 'typing_extensions'")
    line = "tensorflow 2.16 requires numpy<2, but you have numpy 2.1 which is incompatible."
    assert not points_to(RULE, line)


def test_what_the_failing_import_does_not_name_is_not_to_blame():
    failed = Runtime(failure=Failure("OSError: [WinError 126] Error loading c10.dll"))
    found = finding(RULE, packages=Packages(unmet=(SYMPY,)), runtime=failed)
    assert found and found.severity is Severity.WARNING
    triton = Packages(unmet=(Unmet("triton", "setuptools>=40.8.0", ""),))
    lacking = Runtime(imported=True, modules=(Module("triton", failure=Failure("No module named 'setuptools'")),))
    found = finding(RULE, packages=triton, runtime=lacking)
    assert found and found.severity is Severity.WARNING


def test_metadata_that_were_read_clear_it_and_a_pasted_list_does_not():
    read = Package("torch", "2.7.1", requires=("sympy>=1.13.3",))
    assert is_cleared(RULE, packages=Packages((read, Package("sympy", "1.14.0"))))
    assert is_open(RULE, packages=Packages((Package("torch", "2.7.1"),)))


def test_what_is_needed_by_what_torch_needs():
    chain = (
        Package("torch", "2.7.1", requires=("sympy>=1.13.3",)),
        Package("sympy", "1.14.0", requires=("mpmath<1.4,>=1.1.0",)),
        Package("notebook", "7.0", requires=("jinja2",)),
    )
    mpmath, jinja = Unmet("sympy", "mpmath<1.4,>=1.1.0", ""), Unmet("notebook", "jinja2", "")
    found = finding(RULE, packages=Packages(chain, unmet=(jinja, mpmath)))
    assert found and commands(found) == [("python", "-m", "pip", "install", "mpmath<1.4,>=1.1.0")]


def test_an_error_when_a_companion_cannot_be_imported_for_it():
    needs = Package("torchvision", "0.22.1", requires=("pillow!=8.3.*,>=5.3.0",))
    packages = Packages((needs,), unmet=(Unmet("torchvision", "pillow!=8.3.*,>=5.3.0", ""),))

    def severity(message: str) -> Severity | None:
        failed = Runtime(imported=True, modules=(Module("torchvision", failure=Failure(message)),))
        found = finding(RULE, packages=packages, runtime=failed)
        return found and found.severity

    assert severity("ModuleNotFoundError: No module named 'PIL'") is Severity.ERROR
    assert severity("ModuleNotFoundError: No module named 'PILOT'") is Severity.WARNING


def test_what_two_packages_need_is_installed_once_by_the_version():
    needs = (Package("torch", "2.15.0", requires=("cuda-toolkit[cublas]", "nvidia-cudnn-cu13")),)
    any_version = Unmet("nvidia-cudnn-cu13", "nvidia-cublas", "")
    exact = Unmet("cuda-toolkit", "nvidia-cublas==13.4.1.3.*", "")
    found = finding(RULE, packages=Packages(needs, unmet=(any_version, exact)))
    assert commands(found)[0][-1] == "nvidia-cublas==13.4.1.3.*"
