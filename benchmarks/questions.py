"""How many questions a conversation asks, in each order: `python -m benchmarks.questions policy/promad [cases]`.

Every procedure is started by itself, and answered at random: each answer that the policy tells apart is as likely as
the others, and the same in every order. Prints the mean number of questions for each procedure in which the orders
differ, for the entry, and for all; and how long choosing a question takes.
"""

from __future__ import annotations

import datetime
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from praxe import Policy
from praxe.engine import Order, Status
from praxe.engine.questions.expected import samples

NOW = datetime.datetime(2026, 11, 23, 9)


@dataclass
class Count:
    """What was counted for one order."""

    questions: int = 0
    chosen: list[float] = field(default_factory=list)  # seconds each choice took


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
