"""Failures in other languages: the same reason, by the same expressions."""

from __future__ import annotations

import re

import pytest

from doctor.bootstrap.known_failures import KNOWN
from doctor.bootstrap.languages import in_english, linux, linux_programs, powershell, powershell_seven, windows, winget
from doctor.bootstrap.reasons import reason
from doctor.bootstrap.run import SPELLING
from tests.each import each

PARTS = (linux, linux_programs, powershell, powershell_seven, windows, winget)
SENTENCES = [
    (english, words) for part in PARTS for english, all_ in part.SENTENCES.items() for words in all_.split(" | ")
]


def kind(log: str) -> str | None:
    found = reason(log, SPELLING)
    return found and found.kind


@each(("english", "words"), SENTENCES)
def test_every_sentence_is_put_into_english(english: str, words: str) -> None:
    assert english.replace("{}", "ab") in in_english(f"x: {words.replace('{}', 'ab')} y".lower())


@pytest.mark.parametrize(
    "said",
    [
        "Za mało miejsca na dysku",
        "Diskte yeterli yer yok",
        "Er is onvoldoende schijfruimte",
        "Na disku není dost místa",
        "디스크 공간이 부족합니다",
    ],
)
def test_windows_own_errors_in_all_its_languages(said: str) -> None:
    english = kind("OSError: There is not enough space on the disk: 'x'")
    assert english and kind(f"OSError: {said}: 'x'") == english


@pytest.mark.parametrize("english", sorted({english for english, _ in SENTENCES}))
def test_every_english_sentence_is_known(english: str) -> None:
    words = english.replace("{}", "a.b")
    texts = (f"dpkg: {words}", f"bin/activate: {words} /a: 'a.b'")
    expressions = [expression for _, some in KNOWN for expression in some]
    assert any(re.search(expression, text) for expression in expressions for text in texts), english


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("install.sh: Zeile 9: uv: Kommando nicht gefunden.", "no-program"),
        ("第 9 行：uv：未找到命令", "no-program"),
        ("Der Befehl \"uv\" ist entweder falsch geschrieben oder\nkonnte nicht gefunden werden.", "no-program"),
        ("uv : Die Benennung \"uv\" wurde nicht als Name eines Cmdlet, einer Funktion erkannt.", "no-program"),
        ("uv : Die Benennung \"uv\" wurde nicht als N\name eines Cmdlet, einer Funktion erkannt.", "no-program"),
        ("uv : 无法将“uv”项识\n别为 cmdlet、函数、脚本文件或可运行程序的名称。", "no-program"),
        ("Le terme «\xa0uv\xa0» n’est pas reconnu comme nom d’applet de commande", "no-program"),
        ("& : Die Benennung \".\\a.ps1\" wurde nicht als Name eines Cmdlet erkannt.", "missing-file"),
        ("source : Die Benennung \"source\" wurde nicht als Name eines Cmdlet erkannt.", "no-program"),
        ("Die folgenden Pakete haben unerfüllte Abhängigkeiten:\n a : Hängt ab von: b", "apt-broken"),
        ("Les paquets suivants contiennent des dépendances non satisfaites\xa0:", "apt-broken"),
        ("下列软件包有未满足的依赖关系：\n a : 依赖: b", "apt-broken"),
        ("E: Unterprozess /usr/bin/dpkg hat Fehlercode zurückgegeben (1)", "apt-broken"),
        ("Fehl:1 http://a.example stable InRelease\n  »a.example« konnte nicht aufgelöst werden.", "dns"),
        ("fatal: Konnte nicht vom Remote-Repository lesen.", "login"),
        ("bash: a/bin/activate: Datei oder Verzeichnis nicht gefunden", "no-environment"),
        ("Set-Content : Der Zugriff auf den Pfad \"D:\\a\"\nwurde verweigert.", "not-writable"),
        ("지정된 경로를 찾을 수 없습니다.", "missing-file"),
        ("Le chemin d'accès spécifié est introuvable.", "missing-file"),
        ("iwr : 基础连接已经关闭: 未能为 SSL/TLS 安全通道建立信任关系。", "tls"),
        ("irm : Die Anfrage wurde abgebrochen: Es konnte kein geschützter SSL/TLS-Kanal erstellt werden..", "tls"),
        ("error: could not create 'a': Acceso denegado", "not-writable"),
        ("Python est introuvable. Exécutez sans argument", "no-program"),
    ],
)  # fmt: skip
def test_known(log: str, expected: str) -> None:
    assert kind(log) == expected


@pytest.mark.parametrize(
    "log",
    [
        "FileNotFoundError: [WinError 3] Das System kann den angegebenen Pfad nicht finden: 'D:\\\\a'",
        "FileNotFoundError: [WinError 2] 系统找不到指定的文件。: 'D:\\\\a.csv'",
        'Remove-Item : Der Pfad "D:\\a" kann nicht gefunden werden, da er nicht vorhanden ist.',
        "Paketlisten werden gelesen... Fertig",
        "Abhängigkeitsbaum wird aufgebaut... Fertig",
        "正在读取软件包列表... 完成",
        "Warnung: Keine Berechtigung",
    ],
)
def test_near_misses(log: str) -> None:
    assert kind(log) is None


def test_a_batch_file_in_another_character_set() -> None:
    garbled = "'鍒涘缓' 不是内部或外部命令，也不是可运行的程序\n或批处理文件。\n"
    plain = "'rorlevel' 不是内部或外部命令，也不是可运行的程序\n或批处理文件。\n"
    assert kind(garbled + plain) == "script"
    assert kind(plain) == "no-program"
    pieces = "".join(f"'{word}' n'est pas reconnu en tant que commande interne\nou externe.\n" for word in "abcd")
    assert kind(pieces) == "script"
    programs = pieces.replace("'a'", "'git'").replace("'c'", "'uv'")
    assert kind(programs) == "no-program"
