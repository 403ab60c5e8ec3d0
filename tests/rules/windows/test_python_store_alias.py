"""python-store-alias."""

import pytest

from doctor import explain
from tests.rules.judging import points_to

RULE = "python-store-alias"
TEXTS = [
    "Python was not found; run without arguments to install from the Microsoft Store, or disable this shortcut",
    "Python est introuvable. Exécutez sans argument pour procéder à l'installation à partir du Microsoft Store ou"
    " désactivez ce raccourci dans Paramètres > Gérer les alias d'exécution d'application.",
    r"Unable to create process using 'C:\Users\me\AppData\Local\Microsoft\WindowsApps\python.exe'",
]
OTHERS = [
    "Python was not found on this machine",
    "Install Python 3.12 from the Microsoft Store",
    "process exited with code 9009",
]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text):
    assert explain.causes(text)[0].rule == RULE


@pytest.mark.parametrize("line", OTHERS)
def test_near_misses(line):
    assert not points_to(RULE, line)
