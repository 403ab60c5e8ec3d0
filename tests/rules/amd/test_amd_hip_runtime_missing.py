"""amd-hip-runtime-missing."""

import pytest

from doctor.facts import ErrorText
from doctor.rules.amd import amd_hip_runtime_missing as rule
from tests.rules.judging import points_to

RULE = "amd-hip-runtime-missing"
LOADING = '[WinError 126] Не найден указанный модуль. Error loading "{}" or one of its dependencies.'


@pytest.mark.parametrize("name", ["caffe2_nvrtc", "cublas64_11", "cublasLt64_12", "cusparse64_11", "nvrtc64_112_0"])
def test_stand_ins_of_zluda(name):
    assert points_to(RULE, LOADING.format(rf"C:\ComfyUI-ZLUDA\venv\Lib\site-packages\torch\lib\{name}.dll"))
    assert not points_to(RULE, LOADING.format(rf"C:\ComfyUI\venv\Lib\site-packages\torch\lib\{name}.dll"))


@pytest.mark.parametrize("name", ["amdhip64.dll", "amdhip64_6.dll", "amdhip64_7.dll"])
def test_the_runtime_itself(name):
    assert points_to(RULE, f"The code execution cannot proceed because {name} was not found.")
    assert not points_to(RULE, f"LoadLibrary C:\\Windows\\System32\\{name}")


def test_the_sdk_is_asked_for_where_zluda_needs_it():
    sdk = rule.SDK
    assert sdk in [action.title for action in rule.remedies(ErrorText(text=LOADING.format("zluda")))]
    own = LOADING.format(r"C:\v\Lib\site-packages\torch\lib\c10_hip.dll")
    assert sdk not in [action.title for action in rule.remedies(ErrorText(text=own))]
