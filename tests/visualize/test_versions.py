"""Two versions on the charts: what is new, gone, changed or moved has its label, and nothing else has one."""

from __future__ import annotations

import pytest

from praxe.engine.diff.matching import match
from praxe.engine.policy import Policy
from praxe.visualize import Drawing, render
from praxe.visualize.changes import Change, ChangeMarks
from praxe.visualize.check import check_drawing
from praxe.visualize.coverage import Count
from praxe.visualize.palette import Role
from praxe.visualize.versions import Version, changed_charts
from tests.engine.trees import policy
from tests.visualize import checking

TEXT = """procedimento inicio:
  faça ligar no mesmo dia
  se atraso > 15:
    faça avisar
    fim negado
  senão:
    faça "guardar a ficha"
    faça "fechar a ficha"
  fim aceito
"""


def _policy(text: str) -> Policy:
    return policy(text, urgente="yes_no", atraso=(0, 90))


def _version(text: str) -> Version:
    made = _policy(text)
    return Version(checked=made.checked, graph=made.graph)


def charts(old: str, new: str, *, text: str = TEXT, language: str = "pt") -> dict[str, Drawing]:
    """Return the charts of a text and of the same with one part written otherwise."""
    assert old in text
    return dict(changed_charts(_version(text), _version(text.replace(old, new)), language=language))


def labels(drawing: Drawing) -> list[str]:
    """Return the labels of a drawing and what each stands on."""
    found = []
    for card in drawing.chart.cards:
        for row in card.rows:
            words = [chip.text for chip in row.chips] + list(row.notes)
            found += [f"{row.text}: {each}" for each in words if each.isupper() or each.startswith(("antes", "agora"))]
        found += [tab.text for tab in card.tabs if "·" in tab.text]
    return found


def test_the_same_text_touches_nothing() -> None:
    assert not charts("ligar", "ligar")
    spaced = charts("  se atraso", "\n  # mais uma linha\n  se atraso")
    assert not spaced


def test_a_new_step_is_marked_and_nothing_else() -> None:
    found = charts("    faça avisar\n", '    faça avisar\n    faça "anotar"\n')
    assert list(found) == ["inicio.svg"]
    assert labels(found["inicio.svg"]) == ["anotar: NOVO"]


def test_a_step_taken_away_is_marked_where_it_was_and_on_the_old_chart() -> None:
    found = charts("    faça avisar\n", "")
    assert labels(found["inicio.before.svg"]) == ["Avisar: SAIU"]
    now = found["inicio.svg"]
    assert not labels(now)
    assert isinstance(now.marks, ChangeMarks)
    assert [each.text for each in now.marks.counts(now.chart)] == ["saiu 1"]
    inside = charts('    faça "fechar a ficha"\n', "")
    assert [each.text for each in _counts(inside["inicio.svg"])] == ["saiu 1"]
    first = charts('    faça "guardar a ficha"\n', "")
    assert [each.text for each in _counts(first["inicio.svg"])] == ["saiu 1"]


def test_a_step_taken_out_of_a_list_is_marked_on_the_row_before() -> None:
    text = TEXT.replace('    faça "fechar a ficha"\n', '    faça "fechar a ficha"\n    faça "sair"\n')
    now = charts('    faça "fechar a ficha"\n', "", text=text)["inicio.svg"]
    (row,) = [row for card in now.chart.cards for row in card.rows if row.text == "guardar a ficha"]
    assert [chip.text for chip in row.chips] == ["saiu 1 logo abaixo"]


@pytest.mark.parametrize(
    ("old", "new", "label", "before"),
    [
        ("no mesmo dia", "imediatamente", "Ligar: MUDOU", "antes: no mesmo dia"),
        ("faça ligar no mesmo dia", "faça ligar", "Ligar: MUDOU", "antes: no mesmo dia"),
        ("faça avisar", "faça avisar imediatamente", "Avisar: MUDOU", "antes: sem isto: imediatamente"),
        ("atraso > 15", "atraso > 16", "MUDOU", "15"),
        ("fim aceito", "fim negado", "MUDOU", "Aceito"),
    ],
)
def test_what_changed_says_what_it_was(old: str, new: str, label: str, before: str) -> None:
    found = charts(old, new)
    assert set(found) == {"inicio.svg", "inicio.before.svg"}
    told = labels(found["inicio.svg"])
    assert len([each for each in told if each.endswith("MUDOU")]) == 1
    assert any(label in each for each in told)
    assert any(before in each for each in told)
    assert not any("NOVO" in each for each in told)


def test_what_changed_places_is_marked_as_moved() -> None:
    found = charts('"guardar a ficha"\n    faça "fechar a ficha"', '"fechar a ficha"\n    faça "guardar a ficha"')
    assert len(labels(found["inicio.svg"])) == 1
    assert labels(found["inicio.svg"])[0].endswith("MUDOU DE LUGAR")


def test_a_procedure_that_is_new_or_gone() -> None:
    more = TEXT.replace("  fim aceito", "  siga outra\n  fim aceito") + "\nprocedimento outra:\n  faça avisar\n"
    found = dict(changed_charts(_version(TEXT), _version(more), language="pt"))
    assert list(found) == ["inicio.svg", "outra.svg"]
    assert "Avisar: NOVO" in labels(found["outra.svg"])
    back = dict(changed_charts(_version(more), _version(TEXT), language="pt"))
    assert list(back) == ["inicio.svg", "inicio.before.svg", "outra.before.svg"]
    assert "Avisar: SAIU" in labels(back["outra.before.svg"])


def test_a_condition_above_leaves_what_is_below_alone() -> None:
    old, new = _policy(TEXT), _policy(TEXT.replace("atraso > 15", "atraso > 16"))
    matching = match(old.graph, new.graph)
    assert set(matching.new_of) == set(old.graph.nodes)
    assert not matching.moved


def test_marks_are_seen_without_colour_and_nothing_overlaps() -> None:
    found = charts("    faça avisar\n    fim negado", '    faça "anotar"\n    fim aceito', language="en")
    for name, drawing in found.items():
        assert not check_drawing(drawing).hard, name
        picture = checking.read_svg(render(drawing, "svg"))
        texts = checking.texts(picture)
        marks = drawing.marks
        assert isinstance(marks, ChangeMarks)
        for change in {*marks.changes.nodes.values()}:
            assert {Change.NEW: "NEW", Change.GONE: "GONE", Change.OTHER: "CHANGED"}[change] in texts
        for sign, _, _ in marks.signs:
            assert sign in texts


@pytest.mark.parametrize("dark", [False, True])
def test_every_label_can_be_read_in_both_themes(dark: bool) -> None:
    text = TEXT.replace("no mesmo dia", "imediatamente").replace("    faça avisar\n", "")
    more = text.replace("fim aceito", "fim negado").replace('faça "guardar', 'faça "anotar"\n    faça "guardar')
    for drawing in dict(changed_charts(_version(TEXT), _version(more), language="pt")).values():
        for each in checking.written(checking.read_svg(render(drawing, "svg", embed_font=False))):
            assert checking.contrast(each.ink, each.fill, dark=dark) >= 4.5, each
    for role in (Role.GREEN, Role.RED, Role.AMBER):
        assert checking.contrast(role, Role.PAGE, dark=dark) >= 3


def _counts(drawing: Drawing) -> list[Count]:
    assert isinstance(drawing.marks, ChangeMarks)
    return list(drawing.marks.counts(drawing.chart))
