"""Where the proofs of one policy and trying every case of it disagree: nowhere, if all is well.

In: a policy. Out: what differs, in words, and a count of what was compared: a test that never meets a broken rule would
prove nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from praxe.dsl.source import Span
from praxe.dsl.vocabulary import FactType
from praxe.engine import Policy, Status
from praxe.engine.graph import Decision, Gap
from praxe.engine.prove.findings import Check, ProofFinding
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.rules_by_reach import prove_by_reach
from praxe.engine.prove.run import Proved, prove
from praxe.engine.prove.verdict import Answer, Verdict
from tests.engine.prove import expected, expected_clashes
from tests.engine.prove.every_case import EveryCase, Rule, Way

Tally = Counter[str]
_Compare = Callable[[EveryCase, Proved, Tally], Iterator[str]]


def differences(policy: Policy, tally: Tally, *, respects_assumptions: bool = True) -> Iterator[str]:
    """Yield what the proofs say of a policy and what trying every case does not."""
    every = EveryCase(policy, respects_assumptions=respects_assumptions)
    done = {each.check: each for each in prove(policy, respects_assumptions=respects_assumptions)}
    tally["policies"] += 1
    tally["cases"] += len(every.ways)
    contradicts = respects_assumptions and any(not each.is_unknown for each in done[Check.ASSUMPTIONS].findings)
    tally["assumptions contradict" if contradicts else "assumptions agree"] += bool(policy.checked.assumptions)
    if contradicts is bool(every.possible):
        yield f"assumptions: {len(every.possible)} cases are possible, told {contradicts}"
    if not every.possible or contradicts:
        return
    for check, compare in COMPARED.items():
        yield from (f"{check.value}: {each}" for each in compare(every, done[check], tally))
        for found in done[check].findings:
            yield from (f"{check.value}: {each}" for each in _shown(every, found))


def _rules(every: EveryCase, done: Proved, tally: Tally) -> Iterator[str]:
    told = {each.diagnostic.span for each in done.findings if each.diagnostic.code == "PX424"}
    is_sampled = every.respects_assumptions and tally["policies"] % 3 == 0
    proofs = Proofs(every.policy) if is_sampled and done.rules else None  # the other way to prove a rule, sometimes
    for rule, answer in done.rules:
        broken = any(every.breaks(rule, way) for way in every.ways)
        tally[f"rules {answer.verdict.value}"] += 1
        tally[f"rules {answer.verdict.value}: {_form(every, rule)}"] += 1
        if answer.verdict is Verdict.UNKNOWN:
            tally["rules unknown, in truth " + ("refuted" if broken else "proved")] += 1
        elif answer.verdict is not (Verdict.REFUTED if broken else Verdict.PROVED):
            yield f"{rule.span}: {answer.verdict}, broken {broken}"
        along = prove_by_reach(proofs, rule).verdict if proofs else answer.verdict
        tally[f"rules along paths {along.value}"] += bool(proofs)
        if along not in {Verdict.UNKNOWN, Verdict.REFUTED if broken else Verdict.PROVED}:
            yield f"{rule.span}: along paths {along}, broken {broken}"
        if answer.case and not every.breaks(rule, _same_way(every, answer)):
            yield f"{rule.span}: its case does not break it"
        if answer.verdict is Verdict.PROVED and answer.is_vacuous != (rule.span in told):
            yield f"{rule.span}: proved for nothing, and not told"
        tally["rules proved for nothing"] += answer.is_vacuous


def _form(every: EveryCase, rule: Rule) -> str:
    name = type(rule).__name__.lower()
    before = getattr(rule, "before", None)
    target = before or getattr(rule, "target", None)
    kind = "" if target is None else " outcome" if every.is_outcome(target) else " action"
    return f"{name}{' before' if before else ''}{kind}"


def _branches(every: EveryCase, done: Proved, tally: Tally) -> Iterator[str]:
    told = {_key(each, "answer") for each in done.findings if each.diagnostic.code in {"PX411", "PX412"}}
    wanted = expected.dead(every)
    tally["branches dead"] += len(wanted)
    tally["branches taken"] += len({taken for way in every.ways for taken in way.branches})
    yield from _sets("dead branches", told, wanted)
    idle = expected.idle_parts(every)
    parts = {each.diagnostic.span for each in done.findings if each.diagnostic.code == "PX413"}
    tally["parts idle"] += len(idle)
    yield from (f"{each} is not idle" for each in parts - {part for found in idle.values() for part in found})
    dead = {span for _, span, *_ in wanted}
    yield from (
        f"{span}: an idle part is not told" for span, found in idle.items() if not found & parts | dead & {span}
    )


def _plain(wanted: Callable[[EveryCase], expected.Told], *args: str) -> _Compare:
    def compare(every: EveryCase, done: Proved, tally: Tally) -> Iterator[str]:
        told = {_key(each, *args) for each in done.findings if not each.is_unknown}
        tally[f"{done.check.value} unknown"] += sum(each.is_unknown for each in done.findings)
        found = wanted(every)
        tally[f"{done.check.value} found"] += len(found)
        tally[f"{done.check.value} none"] += not found
        yield from _sets(done.check.value, told, found)

    return compare


def _questions(every: EveryCase, done: Proved, tally: Tally) -> Iterator[str]:
    told = {each.diagnostic.span for each in done.findings}
    for span in told:
        tally["questions found"] += 1
        if not expected.changes_nothing(every, span):
            yield f"{span} changes something"
    nodes = [node for node in every.nodes.values() if isinstance(node, Decision)]
    for span in {node.span for node in nodes if not expected.is_turn(node)} - told:
        tally["questions that change something"] += 1
        tally["questions idle by meaning alone"] += expected.changes_nothing(every, span)


def _steps(every: EveryCase, done: Proved, tally: Tally) -> Iterator[str]:
    repeated = [each for each in done.findings if each.diagnostic.code == "PX420"]
    groups = expected.told_twice(every)
    tally["steps repeated"] += len(groups)
    if len(repeated) != len(groups) or not all(
        any(each.diagnostic.span in group for each in repeated) for group in groups
    ):
        yield f"told twice {[str(each.diagnostic.span) for each in repeated]}, in truth {groups}"
    clashing = {
        frozenset((each.diagnostic.args["first"], each.diagnostic.args["second"]))
        for each in done.findings
        if each.diagnostic.code == "PX421"
    }
    wanted = expected.contradicting(every)
    tally["steps contradicting"] += len(wanted)
    tally["steps unknown"] += sum(each.is_unknown for each in done.findings)
    yield from _sets("contradicting steps", clashing, wanted)
    for each in repeated:
        assert each.case
        way = _same_way(every, each.answer)
        if not any(sum(node.span in group for node in way.nodes) > 1 for group in groups):
            yield f"{each.diagnostic.span}: its case does not tell it twice"


def _sets(what: str, told: set[Any], wanted: set[Any]) -> Iterator[str]:
    yield from (f"{what}: told in vain {each}" for each in sorted(map(str, told - wanted)))
    yield from (f"{what}: not told {each}" for each in sorted(map(str, wanted - told)))


def _key(found: ProofFinding, *args: str) -> tuple[Any, ...]:
    given = found.diagnostic.args
    return (found.diagnostic.code, found.diagnostic.span, *(given[name] for name in args if name in given))


def _shown(every: EveryCase, found: ProofFinding) -> Iterator[str]:
    """Yield what is wrong with the case of a finding: it has to be possible, and to go where it is said to go."""
    if found.case is None:
        return
    known = dict(found.case.decision.known)
    if not any(
        all(case.get(name) == value for name, value in known.items() if name in case) for case in every.possible
    ):
        yield f"{found.diagnostic.code} {found.diagnostic.span}: its case breaks an assumption"
    if found.diagnostic.code == "PX410":
        end = found.case.decision.arrival.spot.node
        if found.case.decision.status is not Status.GAP or isinstance(end, Gap):
            yield f"{found.diagnostic.span}: its case is decided"
    if found.diagnostic.code == "PX421":
        pair = frozenset((found.diagnostic.args["first"], found.diagnostic.args["second"]))
        if not pair <= {step.action for step in found.case.decision.steps}:
            yield f"{found.diagnostic.span}: its case is not told both"


def _same_way(every: EveryCase, answer: Answer) -> Way:
    """Return the way that trying every case found for a case that is shown."""
    assert answer.case
    known = answer.case.decision.known
    return next(
        way
        for way in every.ways
        if way.nodes[0].procedure == answer.case.decision.start
        and all(value == way.case[name] for name, value in known.items() if name in way.case)
    )


def _forgotten(every: EveryCase, done: Proved, tally: Tally) -> Iterator[str]:
    told = {
        (code, span, tuple(sorted(values.replace("`", "").split(", "))))
        for code, span, values in (_key(each, "values") for each in done.findings)
    }
    wanted = expected.forgotten(every)
    tally["otherwise found"] += len(wanted)
    yield from _sets("values nobody named", told, wanted)


def _clashes(every: EveryCase, done: Proved, tally: Tally) -> Iterator[str]:
    tally["clashes unknown"] += sum(each.is_unknown for each in done.findings)
    is_simple = not expected.sums_facts(every)
    yield from _limits_of_places(every, _of_code(done, "PX425"), tally, is_simple=is_simple)
    rules = {frozenset((each.diagnostic.span, _related(each))) for each in _of_code(done, "PX422")}
    clashing = expected_clashes.clashing_rules(every)
    tally["rules that clash"] += len(clashing)
    yield from _sets("rules that clash", rules, clashing)
    if is_simple:  # what sums of facts are compared with is a limit of none of them
        limits = {
            (frozenset((each.diagnostic.span, _related(each))), each.diagnostic.args["fact"])
            for each in _of_code(done, "PX423")
        }
        differing = expected_clashes.differing_limits(every)
        tally["rules with other limits"] += len(differing)
        yield from _sets("rules with other limits", limits, differing)
    has_days = any(fact.type is FactType.DATE for fact in every.policy.facts.values())
    if is_simple and not has_days:  # of days only a few are tried: what they decide cannot be seen
        contrary = {_contrary(every, each) for each in _of_code(done, "PX426")}
        parted = expected_clashes.parted_procedures(every)
        tally["procedures that part"] += len(parted)
        yield from _sets("procedures that part", contrary, parted)


def _contrary(every: EveryCase, found: ProofFinding) -> tuple[frozenset[str], frozenset[str]]:
    """Return the two actions of a finding on two procedures, and the procedures."""
    given, places = found.diagnostic.args, (found.diagnostic.span, _related(found))
    procedures = frozenset(expected_clashes.procedure_at(every, each) for each in places)
    return frozenset((given["first"], given["second"])), procedures


def _of_code(done: Proved, code: str) -> list[ProofFinding]:
    return [each for each in done.findings if each.diagnostic.code == code]


def _related(found: ProofFinding) -> Span:
    (related,) = found.diagnostic.related
    return related.span


def _limits_of_places(
    every: EveryCase, findings: list[ProofFinding], tally: Tally, *, is_simple: bool
) -> Iterator[str]:
    told = {(each.diagnostic.args["action"], each.diagnostic.args["fact"]) for each in findings}
    wanted = expected.differing_places(every)
    tally["limits that differ"] += len(wanted)
    if not is_simple:
        told &= wanted  # a sum may set a limit to each of its numbers, which is nobody's
        wanted &= told
    yield from _sets("limits that differ", told, wanted)


COMPARED: Mapping[Check, _Compare] = {
    Check.RULES: _rules,
    Check.COMPLETENESS: _plain(expected.undecided),
    Check.BRANCHES: _branches,
    Check.DEFINITIONS: _plain(expected.idle_lines),
    Check.OTHERWISE: _forgotten,
    Check.QUESTIONS: _questions,
    Check.EVENTS: _plain(expected.settled),
    Check.STEPS: _steps,
    Check.CLASHES: _clashes,
}
