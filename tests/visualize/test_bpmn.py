"""The BPMN export as other programs read it: the schema, bpmn-moddle, bpmnlint, and its drawing measured."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
import SpiffWorkflow
from hypothesis import given, settings
from lxml import etree

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine import Policy
from praxe.engine.graph import Branch, BranchKind, Call, DecisionGraph, NodeId, Return, Start
from praxe.engine.lower import lower
from praxe.visualize.bpmn import Dialect, bpmn
from praxe.visualize.bpmn.build import build
from praxe.visualize.bpmn.layout import Bounds, Layout, lay_out
from praxe.visualize.bpmn.model import Kind, Model, Trigger
from praxe.visualize.bpmn.write import NAMESPACES
from praxe.visualize.measure import clean
from tests.engine.strategies import policies
from tests.visualize.building import Builder, fact, policy, ref
from tests.visualize.node_tools import Reader, reader
from tests.visualize.sample import EMAIL, email
from tests.visualize.stress import STRESS, stress
from tests.visualize.test_hostile import HOSTILE, hostile

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))
PREFIXES = dict(NAMESPACES)


@cache
def real(name: str) -> Policy:
    return Policy.load(ROOT / "policy" / name)


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of BPMN 2.0, which SpiffWorkflow brings along."""
    folder = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema"
    return etree.XMLSchema(etree.parse(folder / "BPMN20.xsd"))


@pytest.fixture(scope="module")
def checker() -> Iterator[Reader]:
    """bpmn-moddle and bpmnlint: one process for all tests."""
    with reader("bpmn.mjs") as started:
        yield started


def well_formed(text: str) -> ET.Element:
    """Return a file parsed, valid against the schema."""
    schema().assertValid(etree.fromstring(text.encode()))
    return ET.fromstring(text)


def clean_for(checker: Reader, text: str, *, but: str | None = None) -> None:
    """Check that nobody complains of a file, or only of what the rule `but` is about."""
    read = checker(text)
    assert "error" not in read, read["error"]
    assert read["warnings"] == []
    assert [each for each in read["findings"] if each.split()[0] != but] == []
    assert read["elements"] > 2


@pytest.mark.parametrize(("language", "dialect"), [("pt", "feel"), ("en", "python")])
@pytest.mark.parametrize("name", POLICIES)
def test_a_real_policy_is_valid_and_clean(checker: Reader, name: str, language: str, dialect: Dialect) -> None:
    checked, graph = real(name).checked, real(name).graph
    text = bpmn(checked, graph, checked.manifest.entry, language=language, dialect=dialect)
    well_formed(text)
    clean_for(checker, text)
    assert bpmn(checked, graph, checked.manifest.entry, language=language, dialect=dialect) == text


@pytest.mark.parametrize("seed", range(4))
def test_a_random_procedure_is_valid_and_clean(checker: Reader, seed: int) -> None:
    checked, graph = whole(*stress(seed, size=40))
    text = bpmn(checked, graph, STRESS, language="en")
    well_formed(text)
    clean_for(checker, text, but="no-duplicate-sequence-flows")  # here a `caso` has several `senão`, as none ever has


@settings(max_examples=8)
@given(checked=policies())
def test_a_random_policy_is_valid_and_clean(checker: Reader, checked: CheckedPolicy) -> None:
    text = bpmn(checked, lower(checked), checked.manifest.entry, language="pt")
    well_formed(text)
    clean_for(checker, text)


# --- what is in it ------------------------------------------------------------------------------------------------


def whole(checked: CheckedPolicy, graph: DecisionGraph) -> tuple[CheckedPolicy, DecisionGraph]:
    """Return a hand-made policy with what it calls but does not have: procedures in which nothing is done."""
    nodes, branches, starts = dict(graph.nodes), dict(graph.branches), dict(graph.starts)
    for call in [each for each in graph.nodes.values() if isinstance(each, Call) and each.callee not in graph.starts]:
        ids = NodeId(f"{call.callee}/start"), NodeId(f"{call.callee}/return")
        nodes[ids[0]] = Start(id=ids[0], procedure=call.callee, span=call.span, title="")
        nodes[ids[1]] = Return(id=ids[1], procedure=call.callee, span=call.span)
        branches[ids[0]] = (Branch(source=ids[0], target=ids[1], key="next", kind=BranchKind.NEXT),)
        starts[call.callee] = ids[0]
    return checked, DecisionGraph(nodes, branches, starts)


def built(name: str) -> Model:
    return build(real(name).checked, real(name).graph, real(name).manifest.entry, language="pt", dialect="feel")


@pytest.mark.parametrize("name", POLICIES)
def test_every_node_is_there_with_its_clauses(name: str) -> None:
    checked, graph = real(name).checked, real(name).graph
    root = ET.fromstring(bpmn(checked, graph, checked.manifest.entry, language="en"))
    shown: dict[str, ET.Element] = {}
    for element in root.iterfind("bpmn:process/*", PREFIXES):
        node = element.find("bpmn:extensionElements/praxe:node", PREFIXES)
        if node is not None:
            shown.setdefault(node.attrib["id"], element)
    called = {each.attrib["name"] for each in root.iterfind(".//praxe:procedure", PREFIXES)}
    for node_id, each in graph.nodes.items():
        if each.procedure in called:
            assert node_id in shown
            documentation = shown[node_id].findtext("bpmn:documentation", "", PREFIXES)
            assert all(f"[{clause}]" in documentation for clause in each.clauses)


def test_every_kind_of_element_is_used() -> None:
    used = {element.kind for name in POLICIES for process in built(name).processes for element in process.elements}
    assert used == set(Kind)
    triggers = {
        type(element.trigger) for name in POLICIES for process in built(name).processes for element in process.elements
    }
    assert triggers >= set(get_args(Trigger))


def test_the_elements_of_a_wait_and_a_retry() -> None:
    root = ET.fromstring(bpmn(*whole(*email()), EMAIL, language="pt", dialect="feel"))
    loop = root.find(".//bpmn:standardLoopCharacteristics", PREFIXES)
    assert loop is not None
    assert loop.attrib["loopMaximum"] == "3"
    assert loop.findtext("bpmn:loopCondition", "", PREFIXES) == "=atendeu = false"
    durations = [each.text for each in root.iterfind(".//bpmn:timeDuration", PREFIXES)]
    assert "P4D" in durations
    assert any("dias úteis" in (each.text or "") for each in root.iterfind(".//bpmn:documentation", PREFIXES))
    python = ET.fromstring(bpmn(*whole(*email()), EMAIL, language="pt", dialect="python"))
    assert '"P4D"' in [each.text for each in python.iterfind(".//bpmn:timeDuration", PREFIXES)]


def test_an_end_that_many_ways_lead_to_is_drawn_for_each() -> None:
    draw = Builder("p", "p")
    start, one, other, end = draw.start(), draw.step("um", "Um"), draw.step("dois", "Dois"), draw.back()
    test = draw.decide("d", ref("f"))
    draw.chain(start, test)
    draw.fork(test, one, other)
    draw.chain(one, end)
    draw.chain(other, end)
    (process,) = build(
        *policy((draw,), facts=(fact("f", "f?"),)), ProcedureName("p"), language="pt", dialect="feel"
    ).processes
    assert [each.name for each in process.elements if each.kind is Kind.END] == ["fim do procedimento"] * 2
    assert not [each for each in process.elements if each.kind is Kind.GATEWAY and not each.name]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_strange_texts_stay_texts(checker: Reader, text: str) -> None:
    written = bpmn(*whole(*hostile(text)), ProcedureName("p"), language="pt")
    root = well_formed(written)
    if clean(text):  # a shape without a name is a finding
        clean_for(checker, written)
    pool = root.find(".//bpmn:participant", PREFIXES)
    assert pool is not None
    assert pool.attrib["name"] == clean(text) or not text


@pytest.mark.parametrize("wrong", [{"dialect": "java"}, {"language": "fr"}, {"procedure": "nenhum"}])
def test_what_there_is_not_is_refused(wrong: dict[str, str]) -> None:
    asked = {"procedure": EMAIL, "language": "pt", "dialect": "feel", **wrong}
    with pytest.raises(ValueError, match=next(iter(wrong.values()))):
        bpmn(*whole(*email()), **asked)  # type: ignore[arg-type]


# --- the drawing --------------------------------------------------------------------------------------------------


def overlap(one: Bounds, other: Bounds) -> bool:
    """Whether two rectangles have more than an edge in common."""
    return (
        one.x + 0.5 < other.x + other.width
        and other.x + 0.5 < one.x + one.width
        and one.y + 0.5 < other.y + other.height
        and other.y + 0.5 < one.y + one.height
    )


def stretches(layout: Layout) -> Iterator[tuple[str, Bounds]]:
    """Yield every straight stretch of every flow as a rectangle without width or without height."""
    for name, points in layout.flows.items():
        for (x, y), (to_x, to_y) in itertools.pairwise(points):
            assert x == to_x or y == to_y, f"{name} is drawn askew"
            yield name, Bounds(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y))


def well_drawn(model: Model) -> None:
    """Check a drawing: nothing lies on anything else, and every line joins the shapes it should."""
    layout = lay_out(model)
    hosts = {each.id: each.host for process in model.processes for each in process.elements if each.host}
    pools = list(layout.pools.values())
    assert not any(overlap(*pair) for pair in itertools.combinations(pools, 2))
    for process in model.processes:
        pool = layout.pools[process.id]
        boxes = {each.id: layout.shapes[each.id] for each in process.elements}
        named = [*(each.id for each in process.elements), *(each.id for each in process.flows)]
        names = [each for each in named if each in layout.names]
        for (one, box), (other, beside) in itertools.combinations(boxes.items(), 2):
            assert not overlap(box, beside) or hosts.get(one) == other or hosts.get(other) == one, (one, other)
        for name in names:
            place = layout.names[name]
            assert not [each for each, box in boxes.items() if overlap(place, box)], name
            assert not [each for each in names if each != name and overlap(place, layout.names[each])], name
        for place in (*boxes.values(), *(layout.names[each] for each in names)):
            assert pool.x < place.x
            assert pool.y < place.y
            assert place.x + place.width < pool.x + pool.width
            assert place.y + place.height < pool.y + pool.height
        ends = {flow.id: (flow.source, flow.target) for flow in process.flows}
        for flow, stretch in stretches(layout):
            if flow in ends:
                assert not [each for each, box in boxes.items() if overlap(stretch, box)], flow
                assert not [each for each in names if overlap(stretch, layout.names[each])], flow
        for flow, (source, target) in ends.items():
            assert touches(boxes[source], layout.flows[flow][0])
            assert touches(boxes[target], layout.flows[flow][-1])


def touches(box: Bounds, point: tuple[float, float]) -> bool:
    """Whether a line begins or ends where one of the four corners of a diamond would be."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    corners = ((box.x, y), (box.x + box.width, y), (x, box.y), (x, box.y + box.height))
    return any(abs(point[0] - left) <= 0.11 and abs(point[1] - top) <= 0.11 for left, top in corners)


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("name", POLICIES)
def test_a_real_policy_is_well_drawn(name: str, language: str) -> None:
    checked, graph = real(name).checked, real(name).graph
    well_drawn(build(checked, graph, checked.manifest.entry, language=language, dialect="feel"))


@pytest.mark.parametrize("seed", range(12))
def test_a_random_procedure_is_well_drawn(seed: int) -> None:
    well_drawn(build(*whole(*stress(seed, size=20 + 5 * seed)), STRESS, language="pt", dialect="feel"))
