"""How long proofs take, and how they grow: policies of 40 to 40,000 decisions, tables, retries, calls, the real ones.

Wide policies: an entry that leads to many procedures of about forty decisions each, on facts of their own, with merges,
early ends and a closing that all share; what a company's handbook looks like.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from benchmarks.installed import environment
from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.keywords import faces
from praxe.dsl.source import Span
from praxe.dsl.table_coverage import World, check_table
from praxe.dsl.tree import ActionName, FactName, OutcomeName, ProcedureName
from praxe.dsl.vocabulary import Action, Fact, FactType, Manifest, Outcome, Value, Vocabulary, Words
from praxe.engine.policy import Policy
from praxe.engine.prove.findings import Check
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.run import CHECKS, Proved, prove

HERE: Final = Span("p.praxe", 1, 1, 1, 2)
ROOT: Final = Path(__file__).parents[1]
PER_PROCEDURE: Final = 40
SIZES: Final = (40, 400, 4_000, 40_000)


def run() -> Iterator[tuple[str, float, str]]:
    """Yield name, figure and unit of each measurement; each size in a process of its own, with the memory it takes."""
    for size in SIZES:
        found = json.loads(subprocess.run(_measuring(size), capture_output=True, check=True, cwd=ROOT).stdout)
        yield f"all checks, {size} decisions", found["seconds"] * 1e3, "ms"
        yield f"  found, left open: {found['open']}", found["findings"], "findings"
        yield f"memory at {size} decisions", found["memory"], "MiB"
        yield "  of it the policy itself", found["before"], "MiB"
    for rows, columns in ((500, 8), (10_000, 10)):
        policy = Policy(with_table(rows, columns))
        seconds = best(lambda policy=policy: checked_table(policy), 5 if rows <= 500 else 1)
        yield f"table of {rows} rules, {columns} columns", seconds * 1e3, "ms"
        yield f"proofs beside {rows} rules", best(lambda policy=policy: whole(policy), 1) * 1e3, "ms"
    for checks in (None, [Check.EVENTS]):
        named = "all checks" if checks is None else "its own check"
        retry = Policy(with_retry(1_000))
        seconds = best(lambda retry=retry, checks=checks: list(prove(retry, checks or CHECKS)), 3)
        yield f"a retry of 1,000 attempts, {named}", seconds * 1e3, "ms"
    called = Policy(with_calls(200, 500))
    yield "200 decisions called from 500 places", best(lambda: whole(called), 3) * 1e3, "ms"
    yield "  all checks of it", best(lambda: list(prove(called)), 3) * 1e3, "ms"
    promad = Policy.load(ROOT / "policy" / "promad")
    yield "promad, all checks", best(lambda: list(prove(promad)), 3) * 1e3, "ms"
    command = [sys.executable, "-m", "praxe", "prove", str(ROOT / "policy" / "promad")]
    with environment() as installed:
        started = best(lambda: called_as(command, installed), 5, of_children=True)
    yield "praxe prove promad, with start", started * 1e3, "ms"


def measure(size: int) -> dict[str, float]:
    """Return what all checks of a policy of some size take in this process: seconds, and memory at its peak in MiB."""
    policy = Policy(wide(size))
    gc.collect()  # what making the policy left behind is not the proofs'
    before = _peak()
    done: list[Proved] = []
    seconds = best(lambda: done.extend(prove(policy)), 1 if size > 400 else 5)
    findings = [found for each in done for found in each.findings]
    repeats = len(done) // len(CHECKS)
    return {
        "seconds": seconds,
        "findings": len(findings) // repeats,
        "open": sum(each.is_unknown for each in findings) // repeats,
        "before": before,
        "memory": _peak(),
    }


def _peak() -> float:
    status = Path("/proc/self/status")  # what Linux says of a process alone: the other figure comes from its parent too
    if status.exists():
        words = status.read_text("ascii").partition("VmHWM:")[2].split()
        return float(words[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measuring(size: int) -> list[str]:
    code = f"import json\nfrom benchmarks.prove import measure\nprint(json.dumps(measure({size})))"
    return [sys.executable, "-c", code]


def best(work: Callable[[], object], repeats: int, *, of_children: bool = False) -> float:
    """Return the least CPU time of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        before = _cpu(of_children)
        work()
        times.append(_cpu(of_children) - before)
    return min(times)


def called_as(command: list[str], installed: Mapping[str, str]) -> None:
    """Run a command to its end."""
    subprocess.run(command, capture_output=True, check=True, env=installed)


def whole(policy: Policy) -> None:
    """Find out what every case reaches."""
    assert Proofs(policy).whole.is_exact


def checked_table(policy: Policy) -> None:
    """Look for combinations that a table does not decide, and for rows that never answer."""
    (found,) = policy.checked.definitions.values()
    assert isinstance(found, t.Table)
    list(check_table(found, World(fact=policy.checked.fact), faces()["pt"]))


def _cpu(of_children: bool) -> float:
    if not of_children:
        return time.process_time()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# --- policies of any size ------------------------------------------------------------------------------------------


def wide(decisions: int) -> CheckedPolicy:
    """Return a policy of about so many decisions."""
    chance = random.Random(decisions)
    names = [ProcedureName(f"roteiro_{number}") for number in range(max(1, decisions // PER_PROCEDURE))]
    facts = {"rota": fact("rota", FactType.ONE_OF, tuple(names))}
    procedures = {}
    for number, name in enumerate(names):
        own = _facts(number)
        facts |= own
        procedures[name] = procedure(name, *_statements(chance, list(own.values()), PER_PROCEDURE), follow("fecho"))
    arms = tuple(
        t.Arm(
            patterns=(t.ValuePattern(value=t.ValueRef(name=name, span=HERE), span=HERE),),
            body=block(follow(name)),
            span=HERE,
        )
        for name in names
    )
    entry = t.Case(subject=ref("rota"), arms=arms, span=HERE)
    procedures = {ProcedureName("entrada"): procedure("entrada", entry, end("feito")), **procedures}
    procedures[ProcedureName("fecho")] = procedure("fecho", do("registrar"))
    return policy_of(facts, procedures)


def with_retry(attempts: int) -> CheckedPolicy:
    """Return a policy with one long retry."""
    call = t.ActionCall(action=t.ActionRef(name=ActionName("ligar"), span=HERE), span=HERE)
    retry = t.Retry(
        attempts=attempts, call=call, until=ref("contato"), body=block(do("registrar")), otherwise=None, span=HERE
    )
    facts = {"contato": fact("contato", FactType.YES_NO)}
    return policy_of(facts, {ProcedureName("entrada"): procedure("entrada", retry, end("feito"))})


def with_calls(decisions: int, places: int) -> CheckedPolicy:
    """Return a policy in which one procedure is called from many places."""
    chance = random.Random(places)
    own = _facts(0)
    shared = procedure("comum", *_statements(chance, list(own.values()), decisions, ends=False))
    branches = [
        t.If(
            branches=(
                t.IfBranch(condition=_condition(chance, list(own.values())), body=block(follow("comum")), span=HERE),
            ),
            span=HERE,
        )
        for _ in range(places)
    ]
    entry = procedure("entrada", *branches, end("feito"))
    return policy_of(own, {ProcedureName("entrada"): entry, ProcedureName("comum"): shared})


def with_table(rows: int, columns: int) -> CheckedPolicy:
    """Return a policy with a decision table of random cells and a last row that takes the rest."""
    chance = random.Random(rows)
    values = tuple("abcde")
    facts = {f"f{number}": fact(f"f{number}", FactType.ONE_OF, values) for number in range(columns)}
    made = [
        t.Row(
            cells=tuple(_cell(chance.choice(values) if chance.random() < 0.6 else None) for _ in range(columns)),
            output=t.Literal(value=chance.random() < 0.5, span=HERE),
            span=HERE,
        )
        for _ in range(rows)
    ]
    rest = t.Row(cells=tuple(_cell(None) for _ in range(columns)), output=t.Literal(value=False, span=HERE), span=HERE)
    saida = t.Table(
        name=FactName("saida"),
        name_span=HERE,
        title=None,
        hit_policy=t.HitPolicy.FIRST,
        inputs=tuple(map(ref, facts)),
        rows=(*made, rest),
        span=HERE,
    )
    test = t.If(branches=(t.IfBranch(condition=ref("saida"), body=block(do("ligar")), span=HERE),), span=HERE)
    return policy_of(facts, {ProcedureName("entrada"): procedure("entrada", test, end("feito"))}, saida)


def policy_of(facts: dict[str, Fact], procedures: dict[ProcedureName, t.Procedure], *tables: t.Table) -> CheckedPolicy:
    """Return a checked policy of these parts."""
    return CheckedPolicy(
        manifest=Manifest(
            name="grande", title=words("Grande"), version="1", language="pt", entry=ProcedureName("entrada"),
            entry_span=HERE, span=HERE,
        ),
        vocabulary=Vocabulary(
            facts={FactName(name): each for name, each in facts.items()},
            actions=_named(_ACTIONS, ActionName, Action),
            outcomes=_named(_ENDS, OutcomeName, Outcome),
            clauses={},
        ),
        files=(),
        procedures=procedures,
        definitions={each.name: each for each in tables},
        derived={each.name: fact(each.name, FactType.YES_NO) for each in tables},
        rules=(),
        translations={},
        digest="sha256:" + "0" * 64,
    )  # fmt: skip


def _named(names: Sequence[str], name_of: Callable[[str], Any], kind: Callable[..., Any]) -> dict[Any, Any]:
    return {name_of(name): kind(name=name_of(name), label=words(name), span=HERE) for name in names}


_ACTIONS: Final = ("ligar", "registrar", "cobrar", "avisar")
_ENDS: Final = ("feito", "negado")


def words(text: str) -> Words:
    """Return words in the policy's language."""
    return Words({"pt": text})


def fact(name: str, kind: FactType, values: tuple[str, ...] = ()) -> Fact:
    """Return a fact."""
    bounds = (Decimal(0), Decimal(100)) if kind is FactType.INTEGER else (None, None)
    listed = tuple(Value(name=each, label=words(each), span=HERE) for each in values)
    return Fact(
        name=FactName(name), type=kind, label=words(name), question=words(name), values=listed, minimum=bounds[0],
        maximum=bounds[1], span=HERE,
    )  # fmt: skip


def ref(name: str) -> t.FactRef:
    """Return a fact's name in an expression."""
    return t.FactRef(name=FactName(name), span=HERE)


def block(*statements: t.Statement) -> t.Block:
    """Return a block."""
    return t.Block(statements=statements, span=HERE)


def do(action: str) -> t.Do:
    """Return a step."""
    call = t.ActionCall(action=t.ActionRef(name=ActionName(action), span=HERE), span=HERE)
    return t.Do(step=call, span=HERE)


def end(outcome: str) -> t.End:
    """Return an end."""
    return t.End(outcome=t.OutcomeRef(name=OutcomeName(outcome), span=HERE), span=HERE)


def follow(name: str) -> t.Follow:
    """Return a call."""
    return t.Follow(procedure=t.ProcedureRef(name=ProcedureName(name), span=HERE), span=HERE)


def procedure(name: str, *statements: t.Statement) -> t.Procedure:
    """Return a procedure."""
    return t.Procedure(name=ProcedureName(name), name_span=HERE, title=None, body=block(*statements), span=HERE)


def _facts(number: int) -> dict[str, Fact]:
    kinds = [FactType.YES_NO] * 5 + [FactType.INTEGER] * 2 + [FactType.ONE_OF] * 2
    named = {f"p{number}_{place}": kind for place, kind in enumerate(kinds)}
    return {
        name: fact(name, kind, ("a", "b", "c", "d") if kind is FactType.ONE_OF else ()) for name, kind in named.items()
    }


def _statements(chance: random.Random, facts: list[Fact], count: int, *, ends: bool = True) -> list[t.Statement]:
    """Return statements with `count` decisions among them, some inside others."""
    found: list[t.Statement] = []
    while count > 0:
        place = Span("p.praxe", chance.getrandbits(40), 1, 1, 2)
        inside = min(count - 1, chance.choice([0, 0, 1, 2, 3]))
        body = [replace(do(chance.choice(_ACTIONS)), span=place), *_statements(chance, facts, inside, ends=ends)]
        if ends and chance.random() < 0.08:
            body.append(end("negado"))
        otherwise = block(do(chance.choice(_ACTIONS))) if chance.random() < 0.5 else None
        condition = replace(_condition(chance, facts), span=place)
        branch = t.IfBranch(condition=condition, body=block(*body), span=HERE)
        found.append(t.If(branches=(branch,), otherwise=otherwise, span=HERE))
        count -= 1 + inside
    return found


def _condition(chance: random.Random, facts: list[Fact]) -> t.Expression:
    atoms = [_atom(chance, chance.choice(facts)) for _ in range(chance.choice([1, 1, 2]))]
    return atoms[0] if len(atoms) == 1 else chance.choice([t.And, t.Or])(operands=tuple(atoms), span=HERE)


def _atom(chance: random.Random, about: Fact) -> t.Expression:
    match about.type:
        case FactType.YES_NO:
            return chance.choice([ref(about.name), t.Not(operand=ref(about.name), span=HERE)])
        case FactType.INTEGER:
            sign = chance.choice([t.Comparison.GREATER, t.Comparison.LESS_EQUAL])
            limit = t.Literal(value=chance.choice([10, 15, 30]), span=HERE)
            return t.Compare(operator=sign, left=ref(about.name), right=limit, span=HERE)
        case _:
            value = t.ValueRef(name=chance.choice(about.values).name, span=HERE)
            return t.Compare(operator=t.Comparison.IS, left=ref(about.name), right=value, span=HERE)


def _cell(value: str | None) -> t.Cell:
    if value is None:
        return t.Cell(patterns=(), span=HERE)
    return t.Cell(patterns=(t.ValuePattern(value=t.ValueRef(name=value, span=HERE), span=HERE),), span=HERE)
