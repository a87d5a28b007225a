"""Made cases as a file of scenarios, for the owner to confirm.

In: made cases. Out: YAML in the words of the policy's files. What is expected is what the policy decides today; a
comment asks to confirm it. The same policy gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from praxe.engine.explanation.sentences import sentences
from praxe.engine.explanation.voice import Voice
from praxe.engine.generate.cover import MadeCase
from praxe.engine.graph import Gap
from praxe.engine.policy import Policy
from praxe.engine.prove.authors_words import yes_no
from praxe.engine.values import TODAY, Json, json_value
from praxe.engine.walk import Status
from praxe.engine.words import lexicon


def scenarios_text(policy: Policy, cases: Sequence[MadeCase]) -> str:
    """Return a file of scenarios."""
    words = lexicon(policy.manifest.language)
    lines = [f"# {words.say('generated.heading')}"]
    for number, case in enumerate(cases, start=1):
        lines += ["", *_scenario(policy, case, number, width=len(str(len(cases))))]
    return "\n".join(lines) + "\n"


def _scenario(policy: Policy, case: MadeCase, number: int, *, width: int) -> Iterator[str]:
    words = lexicon(policy.manifest.language)
    decision = case.decision
    yield f"- name: {_text(_name(policy, case, f'{number:0{width}}'))}"
    if case.start != policy.manifest.entry:
        yield f"  start: {case.start}"
    if decision.now and (TODAY in case.facts or decision.status is Status.WAITS):
        yield f"  now: {decision.now.isoformat()}"
    given = {name: value for name, value in case.facts.items() if name in policy.facts}
    yield "  facts:" if given else "  facts: {}"
    for name, value in given.items():
        yield f"    {name}: {_value(policy, json_value(value, policy.facts[name]))}"
    yield f"  expect:  # {words.say('generated.confirm')}"
    for key, expected in _expected(case):
        yield f"    {key}: {_text(expected)}"


def _name(policy: Policy, case: MadeCase, number: str) -> str:
    """Return a name that tells how the case ends, and the last answer that led there."""
    voice = Voice(policy, sentences(policy.manifest.language))
    ending = voice.ending(case.decision).text.partition(". ")[0]  # of a gap its first sentence
    read = [name for visit in case.decision.trace for name in visit.facts if name in case.facts]
    last = voice.cited(read[-1], case.facts[read[-1]]) if read else None
    told = f"{number}. {ending}"
    return f"{told} ({last.label}: {last.text})" if last else told


def _expected(case: MadeCase) -> Iterator[tuple[str, str]]:
    decision = case.decision
    match decision.status:
        case Status.FINISHED if decision.outcome:
            yield "outcome", decision.outcome
        case Status.WAITS if decision.waits:
            yield "waits", decision.waits.fact
            if decision.waits.until:
                yield "until", decision.waits.until
        case Status.GAP if decision.gap and isinstance(decision.arrival.spot.node, Gap):
            yield "gap", decision.arrival.spot.node.text
        case status:
            yield "status", status.value


def _value(policy: Policy, value: Json) -> str:
    match value:
        case bool():
            return yes_no(policy, value)
        case list():
            return f"[{', '.join(_value(policy, each) for each in value)}]"
        case str() if value.isidentifier():
            return value
        case _:
            return _text(value)


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)  # JSON is YAML
