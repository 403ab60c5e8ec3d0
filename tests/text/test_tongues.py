"""What a system says in its own language is searched as English."""

import pytest

from doctor.explain import causes
from doctor.text.tongues import in_english


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("bash: nvcc: 未找到命令", "bash: nvcc: command not found"),
        ("段错误 (核心已转储)", "Segmentation fault (core dumped)"),
        ("cp: No queda espacio en el dispositivo", "cp: No space left on device"),
        ("Keine Berechtigung: 'x'", "Permission denied: 'x'"),
        ("拒绝访问。 Epoch 3 ████", "拒绝访问。 Epoch 3 ████"),  # what Windows says stays
    ],
)
def test_in_english(said, english):
    assert in_english(said.encode()).decode() == english


def test_what_is_shown_is_the_text_as_it_was():
    line = "ImportError: libcudart.so.12: 无法打开共享对象文件: 没有那个文件或目录"
    cause = causes(line)[0]
    assert (cause.rule, cause.line) == ("cuda-runtime-lib-missing", line)
