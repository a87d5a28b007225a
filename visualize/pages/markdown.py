"""A book as Markdown files.

In: a book. Out: the pages by file name; the drawings are made elsewhere, under the names that `Names` gives them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from praxe.dsl.tree import ProcedureName
from praxe.visualize.pages import marks
from praxe.visualize.pages.book import Book, ProcedurePage
from praxe.visualize.pages.markdown_glossary import glossary_page
from praxe.visualize.pages.markdown_pen import Pen, stamp
from praxe.visualize.pages.markdown_procedure import procedure_page
from praxe.visualize.pages.marks import anchor as anchor_of
from praxe.visualize.pages.marks import bold, item, line, link, table, text
from praxe.visualize.pages.names import WORDS, Names, anchor
from praxe.visualize.words import Lexicon, lexicon

KINDS = ("contradiction", "gap", "ambiguity", "risk")


def markdown_pages(book: Book, *, has_summary: bool, expanded: Collection[ProcedureName] = ()) -> Mapping[str, str]:
    """Return the text of every page, by file name.

    Args:
        has_summary: whether there is a drawing of the whole policy.
        expanded: the procedures of which there is a drawing with all calls opened.
    """
    names, words = Names(book, "md"), lexicon(book.language, WORDS)
    pages = {names.index: _index(names, words, has_summary=has_summary)}
    for each in book.procedures:
        pages[names.procedure(each.name)] = procedure_page(names, each, words, has_expanded=each.name in expanded)
    pages[names.page("glossary")] = glossary_page(names, words)
    for kind in kinds_of(book):
        match kind:
            case "rules":
                pages[names.page(kind)] = _rules(names, words)
            case "examples":
                pages |= _examples(names, words)
            case _:
                pages[names.page(kind)] = _findings(names, words)
    return pages


def kinds_of(book: Book) -> tuple[str, ...]:
    """Return the pages that a book has beside its index, glossary and procedures."""
    has = {"rules": book.rules, "examples": book.examples, "findings": book.findings}
    return tuple(kind for kind, found in has.items() if found)


def holds(page: ProcedurePage) -> str:
    """Return what a procedure holds, in numbers: the description of its chart without the title."""
    return page.chart.description.partition(f"{page.title}. ")[2].rstrip(".") or page.chart.description


def _index(names: Names, words: Lexicon, *, has_summary: bool) -> str:
    book, say = names.book, words.say
    parts = [stamp(words), f"# {text(book.title)}", table((say("index.facts"), ""), _card(book, words))]
    if has_summary:
        parts.append(f"## {say('index.summary')}")
        parts.append(marks.image(say("index.summary_alt", title=book.title), names.summary))
    parts.append(f"## {say('index.procedures')}")
    rows = [(_procedure(names, each, words), text(holds(each))) for each in book.procedures]
    parts.append(table((say("index.procedure"), say("index.holds")), rows))
    return marks.whole([*parts, *_open_gaps(names, words), *_found(names, words), *_more(names, words)])


def _card(book: Book, words: Lexicon) -> Iterator[tuple[str, str]]:
    say = words.say
    yield say("index.name"), marks.code(book.name)
    yield say("index.version"), text(book.version)
    if book.effective:
        yield say("index.effective"), text(book.effective)
    if book.owner:
        yield say("index.owner"), text(book.owner)
    yield say("index.calendar"), calendar_text(book, words)
    yield say("index.digest"), marks.code(book.digest)
    for title, clauses in book.documents:
        yield say("index.documents"), f"{text(title)} ({words.count('index.clauses', clauses)})"


def calendar_text(book: Book, words: Lexicon) -> str:
    """Return what counts as a business day."""
    return words.say("index.calendar_plain") if book.calendar == "mon-fri" else text(book.calendar or "")


def _procedure(names: Names, page: ProcedurePage, words: Lexicon) -> str:
    made = link(text(page.title), names.procedure(page.name))
    marked = [words.say("index.entry")] if page.is_entry else []
    marked += [words.say("index.door")] if page.is_door else []
    return made + "".join(f" *({each})*" for each in marked)


def _open_gaps(names: Names, words: Lexicon) -> Iterator[str]:
    book, say = names.book, words.say
    pen = Pen(names, words, names.index)
    yield f"## {say('index.gaps')}"
    if not book.gaps:
        yield say("index.no_gaps")
        return
    yield say("index.gaps_intro", owner=text(book.owner or say("index.whom")))
    rows = [(pen.place(each.place, full=True), text(each.text)) for each in book.gaps]
    yield table((say("index.where"), say("index.what")), rows)


def _found(names: Names, words: Lexicon) -> Iterator[str]:
    if not names.book.findings:
        return
    yield f"## {words.say('index.findings')}"
    page = names.page("findings")
    counted = []
    for kind in KINDS:
        number = sum(each.kind == kind for each in names.book.findings)
        if number:
            target = names.to(page, f"type.{kind}", here=names.index)
            counted.append(item(link(words.count(f"findings.count.{kind}", number), target)))
    yield "\n".join(counted)
    yield link(words.say("index.findings_all"), page)


def _more(names: Names, words: Lexicon) -> Iterator[str]:
    book, say = names.book, words.say
    yield f"## {say('index.more')}"
    counts = {"facts": str(len(book.facts)), "actions": str(len(book.actions)), "outcomes": str(len(book.outcomes))}
    rows = [link(say("index.more_glossary", **counts), names.page("glossary"))]
    if book.rules:
        rows.append(link(say("index.more_rules", n=str(len(book.rules))), names.page("rules")))
    if book.examples:
        rows.append(link(say("index.more_examples", n=str(len(book.examples))), names.page("examples")))
    yield "\n".join(item(each) for each in rows)


# --- the other pages --------------------------------------------------------------------------------------------


def _headed(names: Names, words: Lexicon, title: str) -> list[str]:
    home = link(text(names.book.title), names.index)
    return [
        stamp(words),
        f"# {title}",
        f"{home} · {words.say('head.version', version=text(names.book.version))}",
    ]


def _rules(names: Names, words: Lexicon) -> str:
    pen = Pen(names, words, names.page("rules"))
    parts = [*_headed(names, words, words.say("rules.title")), words.say("rules.intro")]
    rows = []
    for each in names.book.rules:
        more = [f"{words.say('procedure.source')}: {pen.cited(each.clauses)}"] if each.clauses else []
        if each.procedures:
            links = ", ".join(link(text(names.book.titles[name]), names.procedure(name)) for name in each.procedures)
            more.append(f"{words.say('rules.concerns')}: {links}")
        rows.append(
            item(f"{anchor_of(anchor('rule', each.number))}{bold(f'{each.number}.')} {text(each.text)}", more=more)
        )
    return marks.whole([*parts, "\n".join(rows)])


def _examples(names: Names, words: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the pages of the examples: their list, and one for each file they were written in."""
    parts = [*_headed(names, words, words.say("nav.examples")), words.say("example.intro")]
    for group, found in groupby(names.book.examples, key=lambda each: each.group):
        here = names.examples(group)
        title, cases = line(group.replace("_", " ")), list(found)
        parts.append(f"## {link(title, here)}")
        parts.append("\n".join(item(link(text(each.name), f"{here}#{each.id}")) for each in cases))
        pen = Pen(names, words, here)
        written = [
            f"{anchor_of(each.id)}{part}" if not n else part
            for each in cases
            for n, part in enumerate(pen.example(each))
        ]
        yield here, marks.whole([*_headed(names, words, f"{words.say('nav.examples')}: {title}"), *written])
    yield names.page("examples"), marks.whole(parts)


def _findings(names: Names, words: Lexicon) -> str:
    pen, say = Pen(names, words, names.page("findings")), words.say
    parts = [*_headed(names, words, say("findings.title")), say("findings.intro")]
    for kind in KINDS:
        found = [each for each in names.book.findings if each.kind == kind]
        if not found:
            continue
        parts += [anchor_of(f"type.{kind}"), f"## {say(f'findings.type.{kind}')}"]
        for each in found:
            mark = anchor_of(anchor("finding", each.name))
            rows = [f"{say('findings.why')}: {text(each.why)}"]
            rows += [f"{say('findings.reading')}: {text(each.reading)}"] if each.reading else []
            rows += [f"{say('findings.explained')}: {text(each.explained)}"] if each.explained else []
            rows += [f"{say('procedure.source')}: {pen.cited(each.clauses)}"] if each.clauses else []
            rows += [f"{say('findings.met')}: {pen.places(each.places, full=True)}"] if each.places else []
            head = f"{mark}{bold(text(each.name))} {bold(text(each.title))} ({say(f'findings.weight.{each.weight}')})"
            parts += [head, "\n".join(item(row) for row in rows)]
    return marks.whole(parts)
