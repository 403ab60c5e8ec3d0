"""Work in threads that is not waited for when a signal ends the program: it may hang in the network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType


class ThreadPool(ThreadPoolExecutor):
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        interrupted = kind is not None and issubclass(kind, KeyboardInterrupt)
        self.shutdown(wait=not interrupted, cancel_futures=interrupted)
