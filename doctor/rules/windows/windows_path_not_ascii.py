"""A library cannot open a path with letters outside English.

## Why it matters
Code in C++ often opens files through the code page of Windows, in which a path such as `D:\\模型\\a.pt` or a home such
as `C:\\Users\\José` arrives garbled. Python finds the file, and the library does not: torch.jit, OpenCV, CTranslate2,
ncnn and PaddlePaddle are among them.

## What to do
Keep models, pictures and caches in a folder whose whole path has English letters and digits.

## References
- https://learn.microsoft.com/windows/win32/intl/code-pages
- https://github.com/opencv/opencv/issues/4292
"""

from __future__ import annotations

from doctor.model import Severity
from doctor.remedy.actions import Action, Advice

SEVERITY = Severity.ERROR
_LETTER = r"[\u00c0-\u024f\u0370-\u052f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"
_PATH = r"[^'\"`:*?<>|\s]"
_ENGLISH = r"[^'\"`:*?<>|\s\u0080-\uffff]"
_ROOT = r"\[?[A-Za-z]:[\\/](?:\]\(\))?"
_FOREIGN = rf"(?:{_ROOT}|{_PATH}{{1,40}}\\){_ENGLISH}{{0,80}}{_LETTER}{_PATH}{{0,80}}(?:[\\/]|\.\w{{1,6}}\b)"
# signs that stand in no name: letters that were read in another code page
_SIGNS = r"\u2500\u2501\u2504-\u259f\ufffd"
_IN_USER = r"[^\\/'\"\n]{0,30}"
_GARBLED = (
    rf"[A-Z]:[\\/]{{1,2}}(?:Users[\\/]{{1,2}}{_IN_USER}"
    rf"[{_SIGNS}\u00a4\u00b0-\u00b3\u00be\u00f7\u207f\u2219\u221a\u2264\u2265]{_IN_USER}"
    rf"|[^\s'\"<>|:*?]{{0,150}}[{_SIGNS}][^\s'\"<>|:*?]{{0,60}})[\\/]"
)
_NO_PATH = (
    r"(?:(?i:unable to create \w{1,10} in directory)|The system cannot find the (?:path|file) specified"
    r"|No such file or directory)"
)
_CHINESE = (
    "(?:含有中文|包含中文|存在中文|带有中文|里有中文|中有中文|路径有中文|含中文|带中文|为中文|是中文"
    "|含有汉字|包含汉字|含有非英文)"
)
_FAILS = r"(?:报错|出错|错误|异常|失败|找不到|无法|不能|打不开|不成功)"
SIGNATURES = (
    rf"(?:No such file or directory|Illegal byte sequence|open file failed)[^\n]{{0,60}}file path: {_FOREIGN}",
    rf"(?i:\bimread)\w{{0,8}}\(['\"]{_FOREIGN}[^'\"\n]{{0,80}}['\"]\): can't open/read file",
    rf"(?i:(?:unable to|can ?not|can't|failed to) open file) (?:'[\w.-]{{1,60}}' in model )?['\"]?{_FOREIGN}",
    rf"{_GARBLED}.{{0,300}}{_NO_PATH}",
    rf"{_NO_PATH}.{{0,60}}{_GARBLED}",
    # as people tell it
    rf"(?:路径|文件夹|目录|文件名).{{0,8}}{_CHINESE}.{{0,40}}{_FAILS}",
    rf"{_FAILS}.{{0,30}}(?:路径|文件夹|目录|文件名).{{0,8}}{_CHINESE}",
    rf"中文路径.{{0,40}}{_FAILS}",
)
CANDIDATES = {
    "dataset-not-downloaded": "the file is not there either when its path is opened in Explorer",
}
MOVE = "Move what is opened to a folder of English letters and digits, near the root of a drive (`D:\\models`)"
FOR_ALL = (
    "Where the user's own folder has such a name, install Python for all users, and put the program and its environment"
    " outside that folder"
)
CACHE = (
    "Where it is a cache below the user's name, set TORCH_HOME (torch.hub) or HF_HOME (Hugging Face) to such a folder"
)


def remedies() -> tuple[Action, ...]:
    return Advice(title=MOVE), Advice(title=FOR_ALL), Advice(title=CACHE)
