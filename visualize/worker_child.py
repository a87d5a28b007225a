"""The child's side of `RenderWorker`: reads tasks, runs Graphviz, writes what came out, until nobody asks any more.

In: pickled (DOT text, program, format). Out: pickled bytes, or the words of a `DrawingError` by language.
"""

from __future__ import annotations

import pickle
from typing import IO

from praxe.visualize.backend import run_here
from praxe.visualize.errors import DrawingError


def serve(tasks: IO[bytes], answers: IO[bytes]) -> None:
    """Answer each task in turn; the end of the tasks is the end of the process."""
    while True:
        try:
            source, program, form = pickle.load(tasks)  # noqa: S301 - our own parent
        except (EOFError, KeyboardInterrupt):
            return
        answer: bytes | dict[str, str]
        try:
            answer = run_here(source, program=program, form=form)
        except DrawingError as error:
            answer = dict(error.message)
        pickle.dump(answer, answers)
        answers.flush()
