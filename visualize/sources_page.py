"""Source coverage as a page: the register in the order of the source text, each clause in the colour of its state.

In: a checked policy and its `SourceReport`. Out: one HTML file that needs nothing else: no script, no font, no link
outside; light or dark as the reader's screen, and light on paper.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import FindingKind
from praxe.engine.source_lines import LineState
from praxe.engine.sources import ClauseReport, ClauseState, FindingState, SourceReport, percent
from praxe.visualize.markup import bar, element, said, text
from praxe.visualize.palette import SHADES, Role
from praxe.visualize.sources_cards import Cards
from praxe.visualize.words import Lexicon, lexicon

_TABLE: Final = "sources_page.yaml"
_COLORS: Final = (
    *(Role.PAGE, Role.INK, Role.MUTED, Role.RULE, Role.CARD, Role.GREEN, Role.GREEN_INK, Role.BLUE, Role.BLUE_INK),
    *(Role.AMBER, Role.AMBER_INK, Role.RED, Role.RED_INK, Role.GRAY, Role.GRAY_INK),
)


def sources_page(
    policy: CheckedPolicy, report: SourceReport, *, language: str, changed: Collection[ClauseId] = ()
) -> str:
    """Return the page.

    Args:
        language: `pt` or `en`, of every word of the page; a policy's words that lack it stay in their own.
        changed: the clauses whose source text has changed since they were last read.

    Raises:
        ValueError: there is no such language.
    """
    words = lexicon(language, _TABLE)
    manifest = policy.manifest
    cards = Cards(words=words, policy=policy)
    parts = [
        element("a", text(words.say("skip")), class_="skip", href="#clauses"),
        element("header", *_header(policy, report, words)),
        element("main", *_main(report, cards, changed), id="clauses"),
        element(
            "footer", text(words.say("footer", name=manifest.name, version=manifest.version, digest=policy.digest))
        ),
    ]
    body = element("body", "\n", "\n".join(parts), "\n")
    return f"<!DOCTYPE html>\n{element('html', _head(policy, words), body, lang=language)}\n"


def _head(policy: CheckedPolicy, words: Lexicon) -> str:
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    rules = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = words.say("head", title=policy.manifest.title.in_language(words.language))
    return "\n".join(
        (
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{rules}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            element("title", text(title)),
            f"<style>{style}</style>",
            "</head>\n",
        )
    )


def _style() -> str:
    light, dark = (_variables(place) for place in (0, 1))
    own = (Path(__file__).resolve().parent / "sources_page.css").read_text(encoding="utf-8")
    return f":root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n{own}"


def _variables(place: int) -> str:
    names = ((role.name.lower().replace("_", "-"), SHADES[role][place]) for role in _COLORS)
    return " ".join(f"--{name}: {shade};" for name, shade in (*names, ("line", SHADES[Role.CARD_LINE][place])))


def _header(policy: CheckedPolicy, report: SourceReport, words: Lexicon) -> Iterator[str]:
    manifest = policy.manifest
    version = text(words.say("version", version=manifest.version))
    yield element("p", said(manifest.title, words.language), ", ", version, class_="over")
    yield element("h1", text(words.say("title")))
    if not report.clauses:
        yield element("p", text(words.say("no_register")))
        return
    yield element("p", text(words.say("intro")), class_="intro")
    yield element("div", *_sums(report, words), class_="sums")
    yield _contents(policy, report, words)


def _sums(report: SourceReport, words: Lexicon) -> Iterator[str]:
    clauses = [("clause", state.value, len(report.clauses_in(state))) for state in ClauseState]
    yield _sum("sum.clauses", clauses, len(report.missing), words)
    states = [state for state in LineState if state is not LineState.UNNEEDED]
    lines = [("line", state.value, len(report.lines_in(state))) for state in states]
    yield _sum("sum.lines", lines, len(report.bare), words)
    if report.findings:
        findings = [("finding", state.value, len(report.findings_in(state))) for state in FindingState]
        yield _sum("sum.findings", findings, len(report.unmet), words)


def _sum(key: str, parts: list[tuple[str, str, int]], left: int, words: Lexicon) -> str:
    total = sum(number for _, _, number in parts)
    done = words.say("sum.of", part=str(total - left), total=str(total), percent=str(percent(total - left, total)))
    named = [(name, number, words.count(f"{group}.{name}", number)) for group, name, number in parts if number]
    label = ", ".join(phrase for _, _, phrase in named)
    legend = "".join(
        element("li", element("span", class_=f"dot {name}", aria_hidden="true"), text(phrase))
        for name, _, phrase in named
    )
    head = element("p", text(words.say(key)), element("strong", text(done)))
    drawn = bar(((name, number) for name, number, _ in named), label)
    return element("div", head, drawn, element("ul", legend), class_="sum")


def _contents(policy: CheckedPolicy, report: SourceReport, words: Lexicon) -> str:
    rows = []
    for number, (_, section, clauses) in enumerate(_sections(policy, report), start=1):
        rows.append(
            element(
                "li",
                element("a", text(section), href=f"#s{number}", lang=policy.manifest.language),
                " ",
                _share(clauses, words),
            )
        )
    if report.findings:
        rows.append(element("li", element("a", text(words.say("findings")), href="#findings")))
    summary = element("summary", text(words.say("contents")))
    return element("nav", element("details", summary, element("ol", *rows)), aria_label=words.say("contents"))


def _share(clauses: Iterable[ClauseReport], words: Lexicon) -> str:
    states = [each.state for each in clauses]
    part = sum(state is not ClauseState.MISSING for state in states)
    return element("small", text(words.say("sum.section", part=str(part), total=str(len(states)))))


def _sections(policy: CheckedPolicy, report: SourceReport) -> list[tuple[str, str, list[ClauseReport]]]:
    """Return document, section and clauses, in the order of the source texts."""
    order = {name: number for number, (name, _) in enumerate(policy.manifest.documents)}
    ordered = sorted(report.clauses, key=lambda each: order.get(each.clause.document, len(order)))  # stable
    grouped = groupby(ordered, key=lambda each: (each.clause.document, each.clause.section))
    return [(document, section, list(group)) for (document, section), group in grouped]


def _main(report: SourceReport, cards: Cards, changed: Collection[ClauseId]) -> Iterator[str]:
    words, policy = cards.words, cards.policy
    titles = dict(policy.manifest.documents)
    document = None
    if report.clauses:
        yield _filter(words)
        yield element("p", text(words.say("none_here")), class_="nothing")
    for number, (name, section, clauses) in enumerate(_sections(policy, report), start=1):
        if name != document:
            document = name
            yield said(titles[name], words.language, "h2") if name in titles else element("h2", text(name))
        heading = element(
            "h3", element("span", text(section or name), lang=cards.language), " ", _share(clauses, words)
        )
        made = (cards.clause(each, has_changed=each.clause.name in changed) for each in clauses)
        yield "\n" + element("section", heading, "\n", "\n".join(made), id=f"s{number}")
    if report.clauses and report.bare:
        intro = element("p", text(words.say("bare_intro")), class_="intro")
        yield element("section", element("h2", text(words.say("bare"))), intro, *map(cards.bare, report.bare))
    if report.findings:
        yield "\n" + element("section", *_findings(report, cards), id="findings")


def _filter(words: Lexicon) -> str:
    choices = [("all", words.say("all")), *((each.value, words.say(f"filter.{each.value}")) for each in ClauseState)]
    made = (
        element(
            "label",
            f'<input type="radio" name="show" id="show-{name}"{" checked" if name == "all" else ""}>',
            element("span", text(phrase)),
        )
        for name, phrase in choices
    )
    return element("fieldset", element("legend", text(words.say("show"))), *made)


def _findings(report: SourceReport, cards: Cards) -> Iterator[str]:
    yield element("h2", text(cards.words.say("findings")))
    for kind in FindingKind:
        found = [each for each in report.findings if each.finding.kind is kind]
        if found:
            count = element("small", str(len(found)))
            yield element("h3", text(cards.words.say(f"type.{kind.value}")), " ", count)
            yield from map(cards.finding, found)
