"""What is wrong with the scenarios of a policy, and how many there are, without keeping them in hand.

In: the YAML texts of its scenarios. Out: what `read_scenarios` finds in them. A file is read again only when its text
or what it asks of the policy has changed: so it is seldom read for a change in a procedure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.keeping import Keeper, kept_or_made, name_of
from praxe.dsl.load import PolicyFiles
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import SourceText, Span
from praxe.engine.graph import Gap
from praxe.engine.policy import Policy
from praxe.engine.step_texts import StepTexts, step_reader, step_texts

# the names in a file, the number of its scenarios, what is wrong, and the texts looked for among those of the steps
_OfFile = tuple[tuple[str, ...], int, tuple[Diagnostic, ...], tuple[tuple[str, bool], ...]]


@record
class CheckedScenarios(RecordBase):
    """What checking scenarios gives."""

    count: int
    diagnostics: tuple[Diagnostic, ...]


def check_scenarios(
    sources: Sequence[SourceText], policy: Policy, files: PolicyFiles, keeper: Keeper | None
) -> CheckedScenarios:
    """Check the scenarios in texts of YAML.

    Args:
        files: the texts of the policy.
        keeper: of what was found in each file.
    """
    view = _digest(_view(policy, files)) if keeper else ""
    texts, read = step_texts(policy), step_reader(policy)
    found = [_of_file(source, policy, StepTexts(texts, read), view, keeper) for source in sources]
    names = [name for each in found for name in each[0]]
    if len(set(names)) < len(names):  # the same in two files: only together is that seen
        from praxe.engine.scenarios import read_scenarios

        whole = read_scenarios(sources, policy)
        return CheckedScenarios(count=len(whole.scenarios), diagnostics=whole.diagnostics)
    diagnostics = tuple(problem for each in found for problem in each[2])
    return CheckedScenarios(count=sum(each[1] for each in found), diagnostics=diagnostics)


def _of_file(source: SourceText, policy: Policy, texts: StepTexts, view: str, keeper: Keeper | None) -> _OfFile:
    def read() -> _OfFile:
        from praxe.engine.scenarios import read_file

        first: dict[str, Span] = {}
        scenarios, diagnostics = read_file(source, policy, first, texts)
        return tuple(first), len(scenarios), diagnostics, texts.asked

    made_from = ("scenarios", *name_of(source), view)
    found = kept_or_made(keeper, made_from, read)
    if keeper and any((text in texts) != was_there for text, was_there in found[3]):
        return kept_or_made(keeper, (*made_from, *texts.all), read)
    return found


def _view(policy: Policy, files: PolicyFiles) -> Iterator[str]:
    """Yield all that a scenario asks of a policy, but for the texts of its steps; places apart, which it does not tell.

    The words of the YAML files; the names of procedures; definitions, which decide together with the assumptions
    whether a fact may have a value; how often a fact may be tried; the gaps.
    """
    yaml = (files.manifest, files.vocabulary, files.clauses, files.findings, *(each for _, each in files.translations))
    for source in yaml:
        yield from name_of(source) if source else ("", "")
    checked = policy.checked
    for part in (checked.definitions, checked.derived, checked.assumptions, policy.attempts):
        yield repr(part)
    yield repr(list(checked.procedures))
    yield repr([(node.text, node.clauses) for node in policy.graph.nodes.values() if isinstance(node, Gap)])


def _digest(parts: Iterable[str]) -> str:
    total = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        total.update(b"%d:" % len(encoded))
        total.update(encoded)
    return total.hexdigest()
