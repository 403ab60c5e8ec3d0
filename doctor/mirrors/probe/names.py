"""Host names resolved so that a resolver that drops, hangs or limits its clients does not spoil the run.

Each name is asked for once a run, one question after the other a few milliseconds apart: small resolvers drop bursts.
One that is not answered is asked again after a second, as the answer may be lost. All in threads that end with the
process: the system's resolver cannot be told to give up.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError, ThreadPoolExecutor
from functools import partial
from typing import Any

PACE_S = 0.012
_AGAIN_S = (0.0, 1.0, 2.0)  # when a question is asked, counted from its turn


class ResolverPool(ThreadPoolExecutor):
    """The event loop's executor: all it runs are look-ups of names. The process never waits for it."""

    def __init__(self) -> None:
        super().__init__(max_workers=1)
        self._lock = threading.Lock()
        self._asked: dict[tuple[Any, ...], _Question] = {}
        self._next = 0.0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        key = (fn, args, tuple(kwargs.items()))
        future: Future[Any] = Future()
        with self._lock:
            question = self._asked.get(key)
            if question is None:
                self._next = max(self._next + PACE_S, time.monotonic())
                question = self._asked[key] = _Question(fn, args, kwargs, self._next)
        question.notify(future)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Nothing to wait for."""


class _Question:
    """One look-up, whoever waits for it."""

    def __init__(self, fn: Callable[..., Any], args: Any, kwargs: Any, begin: float) -> None:
        self._call: Callable[[], Any] = partial(fn, *args, **kwargs)
        self._lock = threading.Lock()
        self._waiting: list[Future[Any]] = []
        self._answer: Callable[[Future[Any]], None] | None = None
        for later in _AGAIN_S:
            threading.Thread(target=self._look_up, args=(begin + later,), daemon=True).start()

    def notify(self, future: Future[Any]) -> None:
        with self._lock:
            if self._answer is None:
                self._waiting.append(future)
                return
        self._pass_answer(future)

    def _look_up(self, at: float) -> None:
        while (wait := at - time.monotonic()) > 0:
            time.sleep(min(wait, 0.1))
            if self._answer is not None:
                return
        if self._answer is not None:
            return
        try:
            result = self._call()
        except OSError as error:
            self._on_answer(_Failed(error))
        else:
            self._on_answer(_Found(result))

    def _on_answer(self, answer: Callable[[Future[Any]], None]) -> None:
        with self._lock:
            if self._answer is not None:
                return
            self._answer, waiting = answer, self._waiting
        for future in waiting:
            self._pass_answer(future)

    def _pass_answer(self, future: Future[Any]) -> None:
        if self._answer is not None:
            with contextlib.suppress(InvalidStateError):  # whoever waited has left
                self._answer(future)


class _Found:
    def __init__(self, result: Any) -> None:
        self.result = result

    def __call__(self, future: Future[Any]) -> None:
        future.set_result(self.result)


class _Failed:
    def __init__(self, error: OSError) -> None:
        self.error = error

    def __call__(self, future: Future[Any]) -> None:
        future.set_exception(self.error)
