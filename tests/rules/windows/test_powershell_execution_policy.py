"""powershell-execution-policy."""

import pytest

from doctor import explain, rules
from doctor.facts import Host, Python
from doctor.model import Severity
from tests.rules.judging import finding, is_cleared, is_open, points_to

RULE = "powershell-execution-policy"
TEXTS = [
    "activate.ps1: File D:\\a\\activate.ps1 cannot be loaded because running scripts is disabled on this system.",
    ". : File D:\\u\\profile.ps1 cannot be loaded because running scripts is disabled on this system.",
    "无法加载文件 D:\\a\\Activate.ps1，因为在此系统上禁止运行脚本。",
    "+ CategoryInfo : SecurityError: (:) [], PSSecurityException",
]
OTHERS = [
    "SecurityError: the certificate is not trusted",
    "bash: ./install.sh: Permission denied",
    "The script activate.ps1 is not found",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)


def test_a_policy_of_the_company_is_another_matter():
    text = "File D:\\a.ps1 cannot be loaded because its operation is blocked by software restriction policies.\n"
    found = explain.causes(text + "+ CategoryInfo : SecurityError: (:) [], PSSecurityException")
    assert [cause.rule for cause in found] == ["windows-app-control-blocks-dll"]


def test_the_advice_does_not_lift_the_policy():
    assert not any("bypass" in one.title.lower() for one in rules.load(RULE).remedies())


def test_a_note_for_whoever_types_into_windows_powershell_and_has_an_environment_to_activate():
    typed, venv = Host(os="windows", shell="powershell", execution_policy="Restricted"), Python(kind="venv")
    found = finding(RULE, host=typed, python=venv)
    assert found and found.severity is Severity.INFO
    assert is_open(RULE, host=typed, python=Python(kind="conda"))
    for shell, policy in (("cmd", "Restricted"), ("pwsh", "Restricted"), ("powershell", "RemoteSigned")):
        assert is_open(RULE, host=Host(os="windows", shell=shell, execution_policy=policy), python=venv)
    assert is_cleared(RULE, host=Host(os="linux"))
