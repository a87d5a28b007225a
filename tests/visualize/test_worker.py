"""Drawing in a process of its own: from threads and tasks, across crashes and time limits, with the same bytes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from praxe.visualize import Drawing, DrawingError, RenderWorker, Theme, backend, flowchart, render
from praxe.visualize.check import check_drawing
from tests.visualize import gallery, sample
from tests.visualize.stress import STRESS, stress

ROOT = Path(__file__).parents[2]
MENDED = "digraph { a -> b }"
SLOW = "digraph {" + ";".join(f"a{each % 97} -> b{each * 7 % 89}" for each in range(4000)) + "}"


@cache
def _drawings() -> tuple[Drawing, ...]:
    return (
        flowchart(*gallery.gallery(), gallery.GALLERY, language="pt", path=gallery.waiting_case()),
        flowchart(*sample.email(), sample.EMAIL, language="en"),
        *(flowchart(*stress(seed), STRESS, language="pt") for seed in range(4)),
    )


@cache
def _expected() -> tuple[bytes, ...]:
    return tuple(render(each, "svg") for each in _drawings())


@pytest.fixture(scope="module")
def worker() -> Iterator[RenderWorker]:
    with RenderWorker() as made:
        yield made


def _pid(worker: RenderWorker) -> int:
    assert worker._child is not None
    return worker._child._process.pid


def test_it_draws_the_same_bytes_in_another_process(worker: RenderWorker) -> None:
    assert worker.render(_drawings()[0], "svg") == _expected()[0]
    assert _pid(worker) != os.getpid()
    pdf = worker.render(_drawings()[1], "pdf", theme=Theme.LIGHT)
    assert pdf == render(_drawings()[1], "pdf", theme=Theme.LIGHT)
    assert worker.render(_drawings()[1], "dot").startswith(b"digraph ")


def test_six_threads_draw_at_once(worker: RenderWorker) -> None:
    drawn: dict[int, list[bytes]] = {}
    together = threading.Barrier(6)

    def draw(number: int) -> None:
        together.wait()
        drawn[number] = [worker.render(_drawings()[number], "svg") for _ in range(3)]

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == {number: [_expected()[number]] * 3 for number in range(6)}


def test_tasks_draw_while_the_loop_goes_on(worker: RenderWorker) -> None:
    async def everything() -> tuple[list[bytes], int]:
        beats = 0

        async def beat() -> None:
            nonlocal beats
            while True:
                beats += 1
                await asyncio.sleep(0.002)

        beating = asyncio.create_task(beat())
        drawn = await asyncio.gather(*(worker.render_async(each, "svg") for each in _drawings()))
        beating.cancel()
        return drawn, beats

    drawn, beats = asyncio.run(everything())
    assert tuple(drawn) == _expected()
    assert beats > 10


def test_a_killed_process_is_started_anew(worker: RenderWorker) -> None:
    worker.render(_drawings()[0], "svg")
    before = _pid(worker)
    os.kill(before, signal.SIGKILL)
    assert worker.render(_drawings()[0], "svg") == _expected()[0]
    assert _pid(worker) != before


def test_a_process_killed_while_it_draws_is_asked_again() -> None:
    with RenderWorker() as worker, worker.drawing():
        backend.run(MENDED, program="dot", form="svg")
        first = _pid(worker)
        killer = threading.Timer(0.3, os.kill, (first, signal.SIGKILL))
        killer.start()
        slow = backend.run(SLOW, program="dot", form="json0")
        killer.join()
        assert slow.startswith(b"{")
        assert _pid(worker) != first


def test_what_takes_too_long_is_an_error_and_the_next_drawing_is_fine() -> None:
    with RenderWorker() as worker:
        worker.render(_drawings()[0], "svg")
        worker.timeout = 0.4
        start = time.monotonic()
        with worker.drawing(), pytest.raises(DrawingError) as caught:
            backend.run(SLOW, program="dot", form="svg")
        assert time.monotonic() - start < 5
        assert caught.value.in_language("pt") == "o Graphviz não terminou de desenhar em 0.4 s e foi interrompido"
        assert "did not finish drawing within 0.4 s" in caught.value.in_language("en")
        worker.timeout = 60.0
        assert worker.render(_drawings()[0], "svg") == _expected()[0]


def test_what_crashes_twice_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("praxe.visualize.worker._CHILD", "import os; os.abort()")
    with RenderWorker() as worker, pytest.raises(DrawingError) as caught:
        worker.render(_drawings()[0], "svg")
    assert "duas vezes" in caught.value.in_language("pt")
    assert "twice" in caught.value.in_language("en")


def test_what_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(DrawingError, match="não foi possível iniciar"):
        RenderWorker().render(_drawings()[0], "svg")


def test_an_error_of_graphviz_comes_back_in_both_languages(worker: RenderWorker) -> None:
    with worker.drawing(), pytest.raises(DrawingError) as caught:
        backend.run("digraph { a:nowhere -> b }", program="dot", form="svg")
    assert "o Graphviz não conseguiu desenhar" in caught.value.in_language("pt")
    assert "Graphviz could not draw" in caught.value.in_language("en")
    assert worker.render(_drawings()[0], "svg") == _expected()[0]


def test_a_process_does_its_share_and_goes() -> None:
    with RenderWorker(tasks_per_child=3) as worker, worker.drawing():
        pids = []
        for _ in range(7):
            backend.run(MENDED, program="dot", form="svg")
            pids.append(_pid(worker))
    assert [pids.count(each) for each in dict.fromkeys(pids)] == [3, 3, 1]


def test_everything_drawn_in_the_block_goes_to_the_worker(
    worker: RenderWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(source: str, *, program: str, form: str) -> bytes:
        raise AssertionError("drawn in this process")

    monkeypatch.setattr(backend, "run_here", here)
    with worker.drawing():
        assert check_drawing(_drawings()[1]).hard == ()
    with pytest.raises(AssertionError):
        render(_drawings()[0], "svg")


def test_closing_ends_the_process_and_it_may_draw_again() -> None:
    worker = RenderWorker()
    worker.render(_drawings()[0], "svg")
    child = worker._child
    assert child is not None
    worker.close()
    assert not child.is_alive
    assert worker.render(_drawings()[0], "svg") == _expected()[0]
    worker.close()


def test_a_program_that_forgets_to_close_leaves_nothing_behind() -> None:
    code = (
        "from praxe.visualize import RenderWorker, backend\n"
        "worker = RenderWorker()\n"
        "with worker.drawing():\n"
        f"    backend.run({MENDED!r}, program='dot', form='svg')\n"
        "print(worker._child._process.pid)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


@pytest.mark.parametrize("settings", [{"timeout": 0}, {"tasks_per_child": 0}])
def test_limits_are_above_zero(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="above zero"):
        RenderWorker(**settings)
