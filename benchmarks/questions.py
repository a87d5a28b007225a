"""How many questions a conversation asks, in each order: `python -m benchmarks.questions policy/promad [cases]`.

Every procedure is started by itself, and answered at random: each answer that the policy tells apart is as likely as
the others, and the same in every order. Prints the mean number of questions for each procedure in which the orders
differ, for the entry, and for all; and how long choosing a question takes. `python -m benchmarks questions` measures a
turn of a conversation instead: from an answer to the next question, words included; in the first conversations of a
process, and in the same ones again. Each time is the least of some rounds: what is left is not the machine's noise.
"""

from __future__ import annotations

import datetime
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.cancellation import cases as cancellation
from benchmarks.text import Row
from praxe import Policy
from praxe.dsl.tree import FactName
from praxe.engine import Order, Status
from praxe.engine.questions.expected import samples
from praxe.engine.values import json_value

NOW = datetime.datetime(2026, 11, 23, 9)
ROOT = Path(__file__).parents[1]
ROUNDS = 3


@dataclass
class Count:
    """What was counted for one order."""

    questions: int = 0
    chosen: list[float] = field(default_factory=list)  # seconds each choice took


def run() -> Iterator[Row]:
    """Measure the turns of conversations: with the cancellation policy, `rc` and `promad`."""
    folders = {"cancellation": cancellation.FOLDER, "rc": ROOT / "policy" / "rc", "promad": ROOT / "policy" / "promad"}
    for name, folder in folders.items():
        checked = Policy.load(folder).checked
        policies = [Policy(checked) for _ in range(ROUNDS)]
        for each in policies:
            list(turns(each, -1))  # the code of the entry is made
        rounds = {
            "first": [list(_all_turns(each)) for each in policies],
            "again": [list(_all_turns(policies[0])) for _ in range(ROUNDS)],
        }
        for when, found in rounds.items():
            best = sorted(map(min, zip(*found, strict=True)))
            yield f"answer to question, {name}, {when}, median", best[len(best) // 2] / 1e3, "µs"
            yield f"answer to question, {name}, {when}, p99", best[len(best) * 99 // 100] / 1e3, "µs"


def _all_turns(policy: Policy) -> Iterator[int]:
    for case in range(100):
        yield from turns(policy, case)


def turns(policy: Policy, case: int) -> Iterator[int]:
    """Converse once; yield the nanoseconds from each answer to the next question."""
    here = policy.start(now=NOW)
    while question := here.question:
        value = _answer(policy, question.fact, f"{case} {question.fact}")
        begun = time.process_time_ns()
        here = here.answer(question.fact, value)
        here.question  # noqa: B018 - it is worked out when it is looked at
        yield time.process_time_ns() - begun
        while here.waits:
            here = here.came()


def _answer(policy: Policy, name: FactName, seed: str) -> Any:
    chance = random.Random(seed)
    if name in policy.attempts:
        return chance.random() < 0.5
    return json_value(chance.choice(policy.program.answers.of(name, {}) or samples(policy.facts[name], {})))


def asked(policy: Policy, start: str, order: Order, seed: str, count: Count) -> None:
    """Converse once, and count the questions."""
    facts: dict[str, Any] = {}
    while True:
        decision = policy.decide(facts, start=start, now=NOW)
        if decision.status is Status.WAITS and decision.waits:
            fact = decision.waits.fact
        elif decision.status is Status.ASKS:
            begun = time.process_time()
            found = policy.questions.next_fact(decision, order)
            count.chosen.append(time.process_time() - begun)
            assert found
            fact = found
            count.questions += 1
        else:
            return
        made = facts.get(fact, [])
        chance = random.Random(f"{seed} {fact} {len(made) if isinstance(made, list) else ''}")
        answers = policy.program.answers.of(fact, {}) or samples(policy.facts[fact], {})
        facts[fact] = [*made, chance.random() < 0.5] if fact in policy.attempts else chance.choice(answers)


def main(folder: str, cases: int) -> None:
    """Count and print."""
    policy = Policy.load(folder)
    starts = {start: {order: Count() for order in Order} for start in policy.checked.procedures}
    for start, counts in starts.items():
        for order, count in counts.items():
            for case in range(cases):
                asked(policy, start, order, f"{start} {case}", count)
    print(f"{folder}, {cases} random cases a procedure: mean questions")
    print(f"{'':40}" + "".join(f"{order.value:>10}" for order in Order))
    for start, counts in starts.items():
        numbers = [count.questions for count in counts.values()]
        if len(set(numbers)) > 1 or start == policy.manifest.entry:
            print(f"{start:40}" + "".join(f"{number / cases:10.3f}" for number in numbers))
    total = [sum(counts[order].questions for counts in starts.values()) for order in Order]
    print(f"{'all procedures':40}" + "".join(f"{number / cases / len(starts):10.3f}" for number in total))
    for order in Order:
        times = sorted(each for counts in starts.values() for each in counts[order].chosen)
        shown = [1000 * times[min(int(len(times) * part), len(times) - 1)] for part in (0.5, 0.99)]
        print(f"choosing a question, {order.value}: median {shown[0]:.3f} ms, p99 {shown[1]:.3f} ms")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100)
