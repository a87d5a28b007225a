"""Drawing in a process of its own, for programs that do more than draw: servers, notebooks, anything with threads.

In: drawings, from any thread or asyncio task. Out: their bytes. Graphviz keeps its state in globals (two drawings at
once abort the process), holds Python's lock while it draws, and can crash on valid input; here that costs one child
process, which is started anew. A program that only draws, as the command line, needs none of this: `render` will do.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import IO, Final

from praxe.visualize import backend
from praxe.visualize.drawing import Drawing
from praxe.visualize.errors import DrawingError
from praxe.visualize.palette import Theme
from praxe.visualize.render import Format, render

_CHILD: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from praxe.visualize.worker_child import serve; "
    "serve(sys.stdin.buffer, sys.stdout.buffer)"
)


class RenderWorker:
    """One child process that runs Graphviz, one drawing after the other.

    It starts at the first drawing, is started anew after a crash, a timeout or `tasks_per_child` runs of Graphviz, and
    ends with `close`, with the `with` block, or with the program.
    """

    def __init__(self, *, timeout: float = 60.0, tasks_per_child: int = 500) -> None:
        """Prepare a worker; `timeout` is in seconds for one run of Graphviz, of which a drawing takes two.

        Raises:
            ValueError: one of them is not above zero.
        """
        if timeout <= 0 or tasks_per_child <= 0:
            raise ValueError("timeout and tasks_per_child must be above zero")
        self.timeout, self.tasks_per_child = timeout, tasks_per_child
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def render(self, drawing: Drawing, form: Format, *, theme: Theme = Theme.AUTO, embed_font: bool = True) -> bytes:
        """Return the bytes of `drawing` as `form`, as `praxe.visualize.render` does.

        Raises:
            DrawingError: Graphviz is missing, failed, crashed or took too long.
        """
        with self.drawing():
            return render(drawing, form, theme=theme, embed_font=embed_font)

    async def render_async(
        self, drawing: Drawing, form: Format, *, theme: Theme = Theme.AUTO, embed_font: bool = True
    ) -> bytes:
        """Return the same without keeping the event loop waiting."""
        import asyncio  # 50 ms, which whoever awaits has spent already

        return await asyncio.to_thread(self.render, drawing, form, theme=theme, embed_font=embed_font)

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Let everything that this thread or task draws in the block be drawn by the worker: pages, sheets, checks."""
        with backend.drawn_by(self._run):
            yield

    def close(self) -> None:
        """End the child process; the next drawing starts another."""
        with self._turn:
            self._drop()

    def __enter__(self) -> RenderWorker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _run(self, source: str, *, program: str, form: str) -> bytes:
        code = None
        with self._turn:
            for _ in range(2):  # what stopped it may have nothing to do with the drawing
                child = self._ready()
                answer = child.ask((source, program, form), timeout=self.timeout)
                if isinstance(answer, bytes):
                    return answer
                if answer is not None:
                    raise DrawingError(answer)
                code = child.code
                self._drop()
                if child.was_too_slow:
                    raise DrawingError.of("graphviz_slow", seconds=f"{self.timeout:g}")
        raise DrawingError.of("graphviz_crashed", code=str(code))

    def _ready(self) -> _Child:
        """The child to ask: a new one if there is none, it has died, has done its share, or belongs to our parent."""
        child = self._child
        if child is None or not child.is_alive or child.tasks >= self.tasks_per_child or child.owner != os.getpid():
            self._drop()
            child = self._child = _Child()
        return child

    def _drop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """The process and the two pipes to it."""

    def __init__(self) -> None:
        self.owner, self.tasks, self.was_too_slow = os.getpid(), 0, False
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-c", _CHILD, *sys.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        except OSError as error:
            raise DrawingError.of("graphviz_no_process", message=str(error)) from error
        self._end = weakref.finalize(self, _end, self._process, self.owner)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def code(self) -> int | None:
        """Its exit code, negative for a signal."""
        return self._process.poll()

    def ask(self, task: tuple[str, str, str], *, timeout: float) -> bytes | dict[str, str] | None:
        """Return what was drawn, the words of an error, or nothing if the process died or had to be stopped."""
        self.tasks += 1
        alarm = threading.Timer(timeout, self._stop)
        alarm.daemon = True
        alarm.start()
        try:
            pickle.dump(task, _open(self._process.stdin))
            _open(self._process.stdin).flush()
            answer: bytes | dict[str, str] = pickle.load(_open(self._process.stdout))  # noqa: S301 - our own child
        except (OSError, EOFError, pickle.UnpicklingError):
            self._process.wait()
            return None
        finally:
            alarm.cancel()
        return answer

    def end(self) -> None:
        self._end()

    def _stop(self) -> None:
        self.was_too_slow = True
        self._process.kill()


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    """Stop a process and close its pipes; a copy of this program made by `fork` leaves its parent's process alone."""
    if os.getpid() != owner:
        return
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # a task that was never read
            _open(pipe).close()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # INVARIANT: it was asked for
    return pipe
