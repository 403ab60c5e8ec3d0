"""What systems say in their own languages, as they say it in English.

Texts for Linux are those of the catalogs of glibc, bash and gcc; `tongues_windows` has what Windows says. Python, CUDA
and most libraries speak English everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import chain

from doctor.text import tongues_windows
from doctor.text.typography import PLAIN

_SAID = {
    "No such file or directory": (
        "没有那个文件或目录|沒有此一檔案或目錄|Datei oder Verzeichnis nicht gefunden"
        "|Aucun fichier ou dossier de ce type|No existe el archivo o el directorio|No existe el fichero o el directorio"
        "|Arquivo ou diretório inexistente|Arquivo ou diretório não encontrado"
        "|File o directory non esistente|Нет такого файла или каталога"
        "|そのようなファイルやディレクトリはありません|그런 파일이나 디렉터리가 없습니다"
    ),
    "cannot open shared object file": (
        "无法打开共享对象文件|无法打开共享目标文件|Kann die Shared-Object-Datei nicht öffnen"
        "|ne peut ouvrir le fichier d'objet partagé|共有オブジェクトファイルを開けません"
    ),
    "command not found": (
        "未找到命令|Kommando nicht gefunden|Befehl nicht gefunden|commande introuvable|orden no encontrada"
        "|comando não encontrado|comando non trovato|команда не найдена|コマンドが見つかりません|명령어를 찾을 수 없음"
        "|명령을 찾을 수 없습니다"
    ),
    "No space left on device": (
        "设备上没有空间|設備上沒有空間|Auf dem Gerät ist kein Speicherplatz mehr verfügbar"
        "|Aucun espace disponible sur le périphérique|No queda espacio en el dispositivo"
        "|Não há espaço disponível no dispositivo|На устройстве не осталось свободного места"
        "|デバイスに空き領域がありません|장치에 남은 공간이 없음"
    ),
    "Permission denied": (
        "权限不够|Keine Berechtigung|Permission non accordée|Permiso denegado|Permissão negada|Permesso negato"
        "|許可がありません|허가 거부"
    ),
    "Segmentation fault": (
        "段错误|Speicherzugriffsfehler|Erreur de segmentation|Violación de segmento|Falha de segmentação"
        "|Errore di segmentazione|Ошибка сегментирования|セグメンテーション違反|세그멘테이션 오류"
    ),
    "Illegal instruction": (
        "非法指令|Ungültiger Maschinenbefehl|Instruction non permise|Instrucción ilegal|Недопустимая инструкция"
        "|不正な命令"
    ),
    "Killed": "已杀死|已杀掉|Getötet|Processus arrêté|Убито|強制終了|죽었음",
    "Bus error": "总线错误|Erreur du bus",
    "Address already in use": "地址已在使用|Die Adresse wird bereits verwendet|Adresse déjà utilisée",
    "Too many open files": "打开的文件过多|Zu viele offene Dateien|Trop de fichiers ouverts",
    "Cannot allocate memory": "无法分配内存|Nicht genügend Hauptspeicher verfügbar|Impossible d'allouer de la mémoire",
    "Read-only file system": "只读文件系统|Das Dateisystem ist nur lesbar",
    "core dumped": "核心已转储|吐核|Speicherabzug geschrieben|образ памяти сброшен на диск|コアダンプ",
    "fatal error": "致命错误|Schwerwiegender Fehler|erreur fatale",
}

# A text without these bytes has no sentence of theirs: Cyrillic, kana, Hangul, Han, the accents of eastern Europe and
# those of western Europe. A sentence is filed under the first that it has.
_WRITINGS = (
    (b"\xd0", b"\xd1"),
    (b"\xe3\x81", b"\xe3\x82", b"\xe3\x83"),
    (b"\xea", b"\xeb", b"\xec", b"\xed"),
    (b"\xe4", b"\xe5", b"\xe6", b"\xe7", b"\xe8", b"\xe9"),
    (b"\xc4", b"\xc5"),
    (b"\xc3",),
)
# Code pages of Windows: what a program writes in the first, a console or a page shows in the second
_MISTAKEN = (
    *(("cp1252", "cp850"), ("cp850", "cp1252"), ("cp1252", "cp437"), ("cp1251", "cp866"), ("cp866", "cp1251")),
    *(("cp1250", "cp852"), ("cp852", "cp1250"), ("cp1254", "cp857"), ("cp857", "cp1254"), ("gbk", "cp1252")),
)
_PASTED = 1 << 17  # bytes up to which a text is one that somebody took from a console
# In ASCII alone, what Windows says is looked for only where there is one of these
_OF_WINDOWS = (
    *(b"WinError ", b"os error ", b"DLL", b":\\"),
    *(b" no se reconoce como ", b" ist entweder falsch ", b" riconosciuto come ", b" nie jest rozpoznawan"),
    *(b" niet herkend als ", b" nicht als Name eines ", b" pas reconnu "),
)


def in_english(raw: bytes) -> bytes:
    """The text, UTF-8, with these messages in English."""
    for said, english in chain(*_tables(raw)):
        if said in raw:
            raw = raw.replace(said, english)
    return raw


def _tables(raw: bytes) -> Iterator[tuple[tuple[bytes, bytes], ...]]:
    table = _by_writing()
    for number, leads in enumerate(_WRITINGS) if not raw.isascii() else ():
        if any(lead in raw for lead in leads):
            yield table[number]
    yield table["linux"]
    if any(sign in raw for sign in _OF_WINDOWS):
        yield table["windows"]
        if len(raw) <= _PASTED and not raw.isascii():
            yield from (pairs for letter, pairs in _garbled().items() if letter in raw)


@cache
def _by_writing() -> dict[int | str, tuple[tuple[bytes, bytes], ...]]:
    """The longest first: a shorter one may be a part of it."""
    table: dict[int | str, list[tuple[bytes, bytes]]] = {
        key: [] for key in (*range(len(_WRITINGS)), "linux", "windows")
    }
    for system, sentences in (("linux", _SAID), ("windows", tongues_windows.SAID)):
        for english, every in sentences.items():
            for said in map(str.encode, every.split("|")):
                writings = (n for n, leads in enumerate(_WRITINGS) if any(lead in said for lead in leads))
                table[next(writings, system)].append((said, english.encode()))
    return {key: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for key, pairs in table.items()}


@cache
def _garbled() -> dict[bytes, tuple[tuple[bytes, bytes], ...]]:
    """What Windows says as a console shows it that takes it for another code page's, by a letter that each has."""
    pairs = {
        garbled: english.encode()
        for english, every in tongues_windows.SAID.items()
        for said in every.split("|")
        if not said.isascii()
        for garbled in _taken_for_another(said)
    }
    table: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for garbled in sorted(pairs, key=len, reverse=True):
        letter = max(letter for letter in garbled if not letter.isascii())
        table.setdefault(letter.encode(), []).append((garbled.encode(), pairs[garbled]))
    return {letter: tuple(found) for letter, found in table.items()}


def _taken_for_another(said: str) -> Iterator[str]:
    for written, shown in _MISTAKEN:
        with suppress(UnicodeError):
            garbled = said.encode(written).decode(shown).translate(PLAIN)
            if not garbled.isascii():
                yield garbled
