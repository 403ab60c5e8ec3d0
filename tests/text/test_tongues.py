"""What a system says in its own language is searched as English."""

import pytest

from doctor.explain import causes
from doctor.text import tongues_windows
from doctor.text.fold import fold
from doctor.text.tongues import in_english
from tests.each import each

OF_WINDOWS = [(english, said) for english, every in tongues_windows.SAID.items() for said in every.split("|")]


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("bash: nvcc: 未找到命令", "bash: nvcc: command not found"),
        ("段错误 (核心已转储)", "Segmentation fault (core dumped)"),
        ("cp: No queda espacio en el dispositivo", "cp: No space left on device"),
        ("Keine Berechtigung: 'x'", "Permission denied: 'x'"),
        ("拒绝访问。 Epoch 3 ████", "Access is denied。 Epoch 3 ████"),
        ("[WinError 5] Zugriff verweigert: 'x'", "[WinError 5] Access is denied: 'x'"),
        ("Zugriff verweigert", "Zugriff verweigert"),  # in ASCII only beside a sign of Windows
    ],
)
def test_in_english(said, english):
    assert in_english(said.encode()).decode() == english


@each(("english", "said"), OF_WINDOWS)
def test_what_windows_says(english, said):
    assert fold(f"C:\\x:{said}. y".encode()).decode() == f"C:\\x:{english}. y"


@pytest.mark.parametrize(
    "said",
    [
        "Le fichier spÚcifiÚ est introuvable",  # cp1252, shown as cp850
        "O sistema nÒo pode encontrar o arquivo especificado",
        "El sistema no puede encontrar el archivo especificado",
        "ÏµÍ³ÕÒ²»µ½Ö¸¶¨µÄÎÄ¼þ",  # gbk, shown as cp1252
        "═х єфрхЄё  эрщЄш єърчрээ√щ Їрщы",  # cp1251, shown as cp866
    ],
)
def test_what_a_console_shows_in_another_code_page(said):
    assert fold(f"C:\\x: {said}".encode()).decode() == "C:\\x: The system cannot find the file specified"


def test_what_is_shown_is_the_text_as_it_was():
    line = "ImportError: libcudart.so.12: 无法打开共享对象文件: 没有那个文件或目录"
    cause = causes(line)[0]
    assert (cause.rule, cause.line) == ("cuda-runtime-lib-missing", line)
