"""Where OpenMP runtimes come from."""

from __future__ import annotations

from doctor.remedy.actions import AskPython

_LIST = (
    "import importlib.metadata as m, re; print(*sorted({d.metadata['Name'] + ': ' + f.name for d in m.distributions()"
    " for f in d.files or () if re.search(r'(iomp5|libomp|gomp)[^/]*[.](so|dll|dylib)', f.name)}), sep=chr(10))"
)
WHO_BRINGS = AskPython(_LIST, title="List the packages that bring an OpenMP runtime (libiomp5, libomp, libgomp)")
