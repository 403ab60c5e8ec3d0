"""import-path-mixes-environments."""

from doctor.facts import Failure, Host, Module, Package, Packages, Python, Runtime, Torch
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_cleared, is_open

RULE = "import-path-mixes-environments"
HOME = "/home/u/.local/lib/python3.12/site-packages"


def test_fires_when_torch_of_the_user_site_hides_that_of_the_environment():
    python = Python(kind="venv", prefix="/project/.venv", user_site=HOME)
    torch = Torch(version="2.7.1", location=f"{HOME}/torch")
    found = finding(RULE, python=python, torch=torch, host=Host(os="linux"))
    assert found and "user site" in found.message
    assert commands(found)[0] == ("env", "PYTHONNOUSERSITE=1", "python", "PROGRAM.py")


def test_fires_on_python_path():
    python = Python(kind="conda", prefix="/opt/conda/envs/a", user_site="", python_path=("/shared/lib",))
    torch = Torch(version="2.7.1", location="/shared/lib/torch")
    found = finding(RULE, python=python, torch=torch, host=Host(os="linux"))
    assert found and "PYTHONPATH" in found.message
    assert commands(found)[0] == ("env", "-u", "PYTHONPATH", "python", "PROGRAM.py")


def test_quiet_on_the_environment_s_own_torch_and_on_a_system_python():
    venv = Python(kind="venv", prefix="/project/.venv", user_site=HOME)
    own = Torch(version="2.7.1", location="/project/.venv/lib/python3.12/site-packages/torch")
    assert finding(RULE, python=venv, torch=own) is None
    system = Python(kind="system", prefix="/usr", user_site=HOME)
    assert finding(RULE, python=system, torch=Torch(version="2.7.1", location=f"{HOME}/torch")) is None


def test_the_place_of_torch_clears_it_where_it_is_known():
    venv = Python(kind="venv", prefix="/project/.venv", user_site=HOME)
    assert is_cleared(RULE, python=venv, torch=Torch(version="2.7.1", location="/project/.venv/lib/torch"))
    assert is_open(RULE, python=venv, torch=Torch(version="2.7.1"))
    assert is_open(RULE, python=Python(), torch=Torch(version="2.7.1", location=f"{HOME}/torch"))


OWN = "/project/.venv/lib/python3.12/site-packages"
VENV = Python(kind="venv", prefix="/project/.venv", user_site=HOME, python_path=("/opt/ros/lib",))
TORCH = Torch(version="2.7.1", location=f"{OWN}/torch")


def numpys(first: str, place: str, own: str) -> Packages:
    copies = (Package("numpy", first, location=place), Package("numpy", own, location=OWN))
    return Packages((copies[0],), duplicates=copies)


def test_a_numpy_that_comes_before_the_environment_s():
    linux = {"python": VENV, "torch": TORCH, "host": Host(os="linux")}
    noted = finding(RULE, packages=numpys("2.1.0", HOME, "1.26.4"), **linux)
    assert noted and noted.severity is Severity.INFO
    assert "numpy 2.1.0" in noted.message and "1.26.4 of the environment" in noted.message
    broken = Runtime(imported=True, modules=(Module("numpy bridge", failure=Failure("Numpy is not available")),))
    found = finding(RULE, packages=numpys("2.1.0", "/opt/ros/lib", "1.26.4"), runtime=broken, **linux)
    assert found and found.severity is Severity.ERROR
    assert commands(found)[0] == ("env", "-u", "PYTHONPATH", "python", "PROGRAM.py")
    assert is_cleared(RULE, packages=numpys("2.1.0", HOME, "2.1.0"), **linux), "the same version does no harm"
    assert is_cleared(RULE, packages=numpys("2.1.0", OWN, "1.26.4"), **linux)


def test_the_import_fails_in_a_file_from_outside():
    def failing(file: str) -> Runtime:
        text = (
            f'Traceback:\n  File "{OWN}/torch/__init__.py", line 9, in <module>\n  File "{file}", line 1, in <module>'
        )
        return Runtime(failure=Failure("ImportError: no", text=text))

    found = finding(RULE, python=VENV, torch=TORCH, runtime=failing("/opt/ros/lib/numpy/__init__.py"))
    assert found and found.severity is Severity.ERROR and "PYTHONPATH puts before" in found.message
    assert finding(RULE, python=VENV, torch=TORCH, runtime=failing(f"{OWN}/numpy/__init__.py")) is None
    project = Python(kind="venv", prefix="/project/.venv", user_site="", python_path=("/project",))
    assert finding(RULE, python=project, torch=TORCH, runtime=failing(f"{OWN}/numpy/__init__.py")) is None
