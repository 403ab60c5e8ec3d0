"""import-path-mixes-environments."""

from doctor.facts import Host, Python, Torch
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
