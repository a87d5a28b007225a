"""The cards of the page of source coverage: a clause, a finding, a line that no clause stands behind.

In: parts of a `SourceReport`. Out: markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ClauseId
from praxe.engine.source_lines import Line
from praxe.engine.sources import ClauseReport, ClauseState, FindingReport, Word
from praxe.visualize.markup import element, link, listed, said, text
from praxe.visualize.words import Lexicon

_TAG = "article"


@dataclass(frozen=True, kw_only=True)
class Cards:
    """Makes the cards of one page."""

    words: Lexicon
    policy: CheckedPolicy

    @property
    def language(self) -> str:
        """The language of the policy's lines and of what is quoted from its source text."""
        return self.policy.manifest.language

    def clause(self, each: ClauseReport, *, has_changed: bool) -> str:
        """Return the card of a clause."""
        say, clause = self.words.say, each.clause
        where = [element("span", text(clause.locator), lang=self.language)] if clause.locator else []
        if clause.lines:
            key = f"at_lines.{'one' if len(clause.lines) == 1 else 'many'}"
            where.append(element("span", text(say(key, lines=", ".join(_ranges(clause.lines))))))
        badges = [_badge(each.state.value, say(f"badge.clause.{each.state.value}"))]
        badges += (
            [_badge("open", say("badge.leaves_open"))] if each.leaves_open and each.state is not ClauseState.GAP else []
        )
        badges += [_badge("changed", say("badge.changed"))] if has_changed else []
        kind = [element("span", text(say(f"kind.{clause.kind}")))] if self.words.has(f"kind.{clause.kind}") else []
        meta = [*badges, element("code", text(clause.name)), *kind, *where]
        left = [said(clause.paraphrase, self.words.language, "p")]
        if clause.literals:
            quotes = (element("q", text(literal), lang=self.language) for literal in clause.literals)
            left += [_heading(say("verbatim")), listed(quotes)]
        return element(
            _TAG,
            element("div", *meta, class_="meta"),
            element("div", *left),
            element("div", *self._answers(each)),
            class_=f"card clause {each.state.value}",
            id=clause.name,
        )

    def finding(self, each: FindingReport) -> str:
        """Return the card of a finding."""
        say, finding, language = self.words.say, each.finding, self.words.language
        meta = [
            _badge(each.state.value, say(f"badge.finding.{each.state.value}")),
            element("code", text(finding.name)),
            element("span", text(say(f"weight.{finding.weight.value}"))),
        ]
        left = [said(finding.title, language, "h4"), said(finding.why, language, "p", class_="why")]
        left += [_heading(say("about")), _links(finding.clauses)] if finding.clauses else []
        right = [_heading(say("cited_by")), self._lines(each.lines)] if each.lines else []
        right += [_heading(say("reading")), said(each.reading, language, "p")] if each.reading else []
        right += [_heading(say("explained")), said(finding.explained, language, "p")] if finding.explained else []
        return element(
            _TAG,
            element("div", *meta, class_="meta"),
            element("div", *left),
            element("div", *right),
            class_=f"card finding {each.state.value}",
            id=finding.name,
        )

    def bare(self, line: Line) -> str:
        """Return the card of a line without a clause."""
        return element(_TAG, element("div", *self._line(line)), class_="card line bare")

    def _answers(self, each: ClauseReport) -> list[str]:
        """Return what answers to a clause."""
        say, state = self.words.say, each.state
        parts: list[str] = []
        guidance = each.clause.guidance
        if each.lines:
            parts += [_heading(say(f"by.{state.value}")), self._lines(each.lines)]
        elif state is ClauseState.GUIDANCE and guidance:
            parts += [_heading(say("by.guidance")), said(guidance, self.words.language, "p")]
        elif state is ClauseState.GAP:
            parts.append(element("p", text(say("by.finding", names=", ".join(each.cited_findings)))))
        elif state is ClauseState.MISSING:
            parts.append(element("p", text(say("by.nothing"))))
        if each.words:
            parts += [_heading(say("by.words")), listed(map(self._word, each.words))]
        if each.findings:
            parts += [_heading(say("by.findings")), _links(each.findings)]
        return parts

    def _lines(self, lines: Iterable[Line]) -> str:
        return listed("".join(self._line(line)) for line in lines)

    def _line(self, line: Line) -> tuple[str, str]:
        folder, slash, _ = self.policy.manifest.span.path.rpartition("/")
        place = element("code", text(f"{line.span.path.removeprefix(folder + slash)}:{line.span.line}"))
        if line.title:
            place += f" · {text(self.policy.words(line.title, self.words.language))}"
        source = element("code", text(line.text), class_="source", lang=self.language)
        return element("span", place, class_="place"), source

    def _word(self, word: Word) -> str:
        kind = element("small", text(self.words.say(f"word.{word.kind.value}")))
        return f"{kind} {said(word.label, self.words.language)} {element('small', element('code', text(word.name)))}"


def _ranges(numbers: Iterable[int]) -> list[str]:
    """Return whole numbers with those that follow one another together: 1–3, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _links(names: Iterable[ClauseId]) -> str:
    return element("p", " ".join(map(link, names)), class_="links")


def _badge(name: str, label: str) -> str:
    return element("span", text(label), class_=f"badge {name}")


def _heading(label: str) -> str:
    return element("h5", text(label))
