"""Proofs as text for people: what was proved, and each refutation as a short story.

In: what the checks came to. Out: lines, painted for the terminal or plain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from praxe.cli.decide_text import DecisionText
from praxe.cli.findings import in_words
from praxe.cli.layout import cells, wrapped
from praxe.cli.terminal import Style, Terminal
from praxe.cli.values_text import value_text
from praxe.dsl.messages import Severity, entry
from praxe.dsl.report import as_text
from praxe.dsl.report_line import safe
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import Always, ClauseId, ClauseRef, Never
from praxe.engine.graph import NodeId, Wait
from praxe.engine.policy import Policy
from praxe.engine.prove.findings import Check, ProofFinding
from praxe.engine.prove.run import Proved
from praxe.engine.prove.verdict import ShownCase, Verdict
from praxe.engine.records import DecidedStep
from praxe.engine.values import TODAY, json_value

_MARGIN: Final = 4


class ProofText:
    """Writes proofs of one policy."""

    def __init__(self, policy: Policy, sources: Mapping[str, SourceText], terminal: Terminal) -> None:
        self.policy = policy
        self.sources = sources
        self.terminal = terminal

    def heading(self) -> Iterator[str]:
        """Yield the policy's title and version, and what is taken for granted."""
        manifest = self.policy.manifest
        title = safe(manifest.title.in_language(self.terminal.language))
        text = self.terminal.say("decide.policy", title=title, version=safe(manifest.version))
        yield self.terminal.paint(text, Style.DIM)
        count = len(self.policy.checked.assumptions)
        if count:
            yield self.terminal.paint(self.terminal.words.count("prove.assuming", count), Style.DIM)
        yield ""

    def check(self, done: Proved) -> Iterator[str]:
        """Yield what one check came to: a line if all is well, else its findings."""
        name = self.terminal.say(f"prove.check.{done.check.value}")
        wrong = [each for each in done.findings if entry(each.diagnostic.code).severity is Severity.ERROR]
        is_open = any(each.is_unknown for each in done.findings)
        sign, style = ("✗", Style.RED) if wrong else ("?", Style.AMBER) if is_open else ("✓", Style.GREEN)
        if done.findings and not wrong and not is_open:
            sign, style = "!", Style.AMBER
        if not self.terminal.is_unicode:
            sign = {"✓": "+", "✗": "x"}.get(sign, sign)
        yield self.terminal.paint(f"{sign} {name}: {self._result(done)}", Style.BOLD, style)
        for each in done.findings:
            yield ""
            yield from self.finding(each)
        if done.findings:
            yield ""

    def finding(self, found: ProofFinding) -> Iterator[str]:
        """Yield one finding with its place, and the story of its case."""
        (worded,) = in_words([found.diagnostic], self.terminal)
        text = as_text([worded], self.sources, self.terminal.language, color=self.terminal.colors_out)
        yield from text.rstrip("\n").rpartition("\n\n")[0].splitlines()
        if found.case:
            yield from self.story(found.case, marked=self._marked(found))
        yield from self._lacking(found)
        yield from self._clauses(found)

    def story(self, case: ShownCase, marked: Collection[str] = ()) -> Iterator[str]:
        """Yield a case as a story: who it is, what happens, how it ends.

        Args:
            marked: the nodes of the steps that it is about.
        """
        yield self._title("prove.case")
        yield from self._facts(case)
        decision = case.decision.in_language(self.terminal.language)
        told = DecisionText(decision, self.terminal)
        if decision.steps:
            yield self._title("prove.told")
            width = len(str(len(decision.steps)))
            for number, step in enumerate(decision.steps, start=1):
                sign = ("►" if self.terminal.is_unicode else ">") if step.node in marked else " "
                lines = wrapped(safe(step.text), self.terminal.width - _MARGIN - width - 2)
                lines = [self.terminal.paint(each, Style.BOLD) for each in lines] if step.node in marked else lines
                yield f"{' ' * (_MARGIN - 2)}{sign} {number:>{width}}. {lines[0]}"
                yield from (" " * (_MARGIN + width + 2) + each for each in lines[1:])
        yield self._title("prove.end")
        yield from (f"  {line}" if line else line for line in told.end())

    def total(self, done: Sequence[Proved]) -> Iterator[str]:
        """Yield the last line: what all of it comes to."""
        found = [each for one in done for each in one.findings]
        errors = sum(entry(each.diagnostic.code).severity is Severity.ERROR for each in found)
        still_open = sum(each.is_unknown for each in found)
        others = len(found) - errors - still_open
        counts = (("prove.refuted", errors), ("prove.unknown", still_open), ("prove.remarks", others))
        said = [self.terminal.words.count(key, count) for key, count in counts if count]
        style = Style.RED if errors else Style.AMBER if found else Style.GREEN
        yield ""
        yield self.terminal.paint(", ".join(said) or self.terminal.say("prove.nothing"), Style.BOLD, style)

    def freed(self, found: Sequence[ProofFinding]) -> Iterator[str]:
        """Yield the findings that only an assumption rules out."""
        yield ""
        yield self.terminal.paint(self.terminal.words.count("prove.assumed", len(found)), Style.BOLD)
        for each in found:
            yield ""
            yield from self.finding(each)

    def not_freed(self) -> Iterator[str]:
        """Yield that nothing was looked for that an assumption rules out: together they rule out everything."""
        yield ""
        yield self.terminal.paint(self.terminal.say("prove.not_assumed"), Style.BOLD)

    def written(self, path: str) -> str:
        """Return the line that tells of a file."""
        return self.terminal.say("draw.written" if path.endswith(".svg") else "prove.saved", path=path)

    # --- parts

    def _result(self, done: Proved) -> str:
        if done.check is not Check.RULES:
            return self.terminal.words.count("prove.found", len(done.findings)) if done.findings else self._fine()
        total = len(done.rules)
        proved = sum(answer.verdict is Verdict.PROVED for _, answer in done.rules)
        return self.terminal.say("prove.rules", proved=proved, total=total)

    def _fine(self) -> str:
        return self.terminal.say("prove.fine")

    def _facts(self, case: ShownCase) -> Iterator[str]:
        language, known = self.terminal.language, self.policy.facts
        told = []
        for name, value in case.facts.items():
            if name == TODAY:
                told.append((self.terminal.say("prove.today"), str(value)))
            elif name in known:
                told.append(
                    (
                        safe(known[name].label.in_language(language)),
                        safe(value_text(known[name], json_value(value, known[name]), language)),
                    )
                )
        width = min(36, max((cells(label) for label, _ in told), default=0))
        for label, value in told:
            gap = " " * max(0, width - cells(label))
            worth = self.terminal.paint(value or self.terminal.say("prove.none"), Style.BOLD)
            yield f"{' ' * _MARGIN}{label}{gap}  {worth}"
        if not told:
            yield " " * _MARGIN + self.terminal.say("prove.any_case")

    def _marked(self, found: ProofFinding) -> frozenset[str]:
        """Return the nodes of the steps that a finding is about: forbidden, repeated, contrary."""
        rule = self._rule(found)
        steps = found.case.decision.steps if found.case else ()
        if isinstance(rule, Never):
            return frozenset(each.node for each in steps if each.action == rule.target.name)
        if isinstance(rule, Always):
            return frozenset(each.node for each in steps if rule.before and each.action == rule.before.name)
        return frozenset(each.node for each in steps if self._is_about(found, each))

    def _is_about(self, found: ProofFinding, step: DecidedStep) -> bool:
        """Return whether a finding is about a step; on a duty it has the place of the wait, and names the action."""
        diagnostic = found.diagnostic
        spans = {diagnostic.span, *(each.span for each in diagnostic.related)}
        if step.node in self._waits:
            return self._waits[step.node] in spans and step.action in diagnostic.args.values()
        return self.policy.graph.nodes[step.node].span in spans

    @cached_property
    def _waits(self) -> Mapping[NodeId, Span]:
        """The place of the wait during which each duty goes on: duties are no nodes of the graph."""
        waits = (node for node in self.policy.graph.nodes.values() if isinstance(node, Wait))
        return {duty.id: wait.span for wait in waits for duty in wait.meanwhile}

    def _lacking(self, found: ProofFinding) -> Iterator[str]:
        """Yield the step that a case lacks, or has too late, by a rule that demands it."""
        rule = self._rule(found)
        if found.case and isinstance(rule, Always) and found.diagnostic.code == "PX404":
            action = self.policy.vocabulary.actions[rule.action.name]
            label = safe(action.label.in_language(self.terminal.language))
            came = [each.action for each in found.case.decision.steps]
            if action.name in came:
                number = came.index(action.name) + 1
                yield self._title("prove.late")
                yield " " * _MARGIN + self.terminal.say("prove.late_at", step=label, number=number)
            else:
                yield self._title("prove.lacking")
                yield " " * _MARGIN + label

    def _rule(self, found: ProofFinding) -> Never | Always | None:
        return next((each for each in self.policy.checked.rules if each.span == found.diagnostic.span), None)

    def _clauses(self, found: ProofFinding) -> Iterator[str]:
        """Yield the clauses that a rule rests on, in the words of the register."""
        rule = self._rule(found)
        register = self.policy.vocabulary.clauses
        cited = [each.name for each in _cited(rule) if each.name in register] if rule else []
        if cited:
            yield self._title("prove.clause")
        for name in cited:
            text = f"[{name}] {register[ClauseId(name)].paraphrase.in_language(self.terminal.language)}"
            yield from (
                " " * _MARGIN + line for line in wrapped(safe(text), self.terminal.width - _MARGIN, indent="  ")
            )

    def _title(self, key: str) -> str:
        return "  " + self.terminal.paint(self.terminal.say(key), Style.BOLD)


def _cited(rule: Never | Always) -> tuple[ClauseRef, ...]:
    return rule.clauses
