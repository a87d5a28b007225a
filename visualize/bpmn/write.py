"""A BPMN model and its layout as the XML of BPMN 2.0.

In: a model and where everything goes. Out: the text of a file. Elements stand in the order that the schema demands;
what only we know (the node behind a task, its arguments) stands in `extensionElements`, under a namespace of our own.
Source: OMG, Business Process Model and Notation 2.0.2 (BPMN20.xsd, BPMNDI.xsd).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, assert_never
from xml.etree import ElementTree as ET

from praxe.visualize.bpmn.dialect import Dialect
from praxe.visualize.bpmn.layout import Bounds, Layout
from praxe.visualize.bpmn.model import CaseOver, Element, Flow, Kind, Message, Model, OpenGap, Process, Timer, Trigger
from praxe.visualize.identify import slugs
from praxe.visualize.measure import clean

NAMESPACES: Final[Mapping[str, str]] = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "praxe": "urn:praxe:bpmn:1",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
LANGUAGES: Final[Mapping[Dialect, str]] = {
    "feel": "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "python": "https://www.python.org/",
}
GAP_CODE: Final = "lacuna"
OVER_CODE: Final = "fim_do_caso"


def to_xml(model: Model, layout: Layout, dialect: Dialect) -> str:
    """Return the file."""
    return _Writer(model, layout, dialect).whole()


def _tag(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix or 'bpmn']}}}{local}"


def _add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, _tag(tag), attributes)
    made.text = text
    return made


class _Writer:
    def __init__(self, model: Model, layout: Layout, dialect: Dialect) -> None:
        self.model = model
        self.layout = layout
        self.dialect = dialect
        self.messages: Mapping[str, str] = {}  # what is waited for -> its id
        for prefix, uri in NAMESPACES.items():
            ET.register_namespace(prefix, uri)
        self.root = ET.Element(
            _tag("definitions"),
            {
                "id": "praxe",
                "name": clean(model.name),
                "targetNamespace": NAMESPACES["praxe"],
                "expressionLanguage": LANGUAGES[dialect],
                "exporter": "praxe",
            },
        )

    def whole(self) -> str:
        """Write everything."""
        triggers = [each.trigger for process in self.model.processes for each in process.elements if each.trigger]
        self.messages = slugs(f"message-{each.fact}" for each in triggers if isinstance(each, Message))
        for message, key in self.messages.items():
            _add(self.root, "message", id=key, name=message.removeprefix("message-"))
        gap, over = map(clean, self.model.words)
        if any(isinstance(each, OpenGap) for each in triggers):
            _add(self.root, "error", id="error-gap", name=gap, errorCode=GAP_CODE)
        if any(isinstance(each, CaseOver) for each in triggers):
            _add(self.root, "escalation", id="escalation-over", name=over, escalationCode=OVER_CODE)
        collaboration = _add(self.root, "collaboration", id="collaboration")
        for process in self.model.processes:
            _add(collaboration, "participant", id=f"pool-{process.id}", name=clean(process.name), processRef=process.id)
        for process in self.model.processes:
            self._process(process)
        self._diagram()
        ET.indent(self.root, "  ")
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(self.root, encoding="unicode") + "\n"

    # --- what it means -------------------------------------------------------------------------------------------

    def _process(self, process: Process) -> None:
        made = _add(self.root, "process", id=process.id, name=clean(process.name), isExecutable="true")
        self._document(made, process.documentation)
        extension = _add(made, "extensionElements")
        own = _add(extension, "praxe:procedure", name=process.procedure)
        for each in process.variables:
            about = {"name": each.name, "type": each.type, "label": clean(each.label)}
            about |= {"fact": each.fact} if each.fact else {}
            about |= {"expression": clean(each.expression)} if each.expression else {}
            _add(own, "praxe:variable", **about)
        ends = defaultdict[str, tuple[list[str], list[str]]](lambda: ([], []))
        for flow in process.flows:
            ends[flow.target][0].append(flow.id)
            ends[flow.source][1].append(flow.id)
        for element in process.elements:
            self._element(made, element, *ends[element.id])
        for flow in process.flows:
            self._flow(made, flow)

    def _element(self, parent: ET.Element, element: Element, incoming: Iterable[str], outgoing: Iterable[str]) -> None:
        attributes = {"id": element.id}
        attributes |= {"name": clean(element.name)} if element.name else {}
        attributes |= {"calledElement": element.called} if element.called else {}
        attributes |= {"attachedToRef": element.host} if element.host else {}
        attributes |= {"scriptFormat": self.dialect} if element.script else {}
        made = _add(parent, element.kind.value, **attributes)
        self._document(made, element.documentation)
        self._own(made, element)
        for flow in incoming:
            _add(made, "incoming", flow)
        for flow in outgoing:
            _add(made, "outgoing", flow)
        if element.loop:
            loop = _add(
                made,
                "standardLoopCharacteristics",
                id=f"{element.id}--loop",
                testBefore="false",
                loopMaximum=str(element.loop.most),
            )
            self._expression(loop, "loopCondition", element.loop.condition)
        if element.trigger:
            self._trigger(made, element.id, element.trigger)
        if element.script:
            _add(made, "script", element.script.text)

    def _own(self, parent: ET.Element, element: Element) -> None:
        """Write what only we know of an element."""
        if element.node is None and element.script is None:
            return
        extension = _add(parent, "extensionElements")
        if element.node is not None:
            about = {"id": element.node, "fact": element.fact, "action": element.action}
            node = _add(extension, "praxe:node", **{name: value for name, value in about.items() if value})
            for name, value in element.arguments:
                _add(node, "praxe:argument", value, name=name)
        if element.script is not None:
            _add(extension, "praxe:result", variable=element.script.variable)

    def _trigger(self, parent: ET.Element, name: str, trigger: Trigger) -> None:
        key = f"{name}--event"
        match trigger:
            case Message():
                _add(parent, "messageEventDefinition", id=key, messageRef=self.messages[f"message-{trigger.fact}"])
            case Timer():
                self._expression(_add(parent, "timerEventDefinition", id=key), trigger.tag, trigger.expression)
            case CaseOver():
                _add(parent, "escalationEventDefinition", id=key, escalationRef="escalation-over")
            case OpenGap():
                _add(parent, "errorEventDefinition", id=key, errorRef="error-gap")
            case _:
                assert_never(trigger)

    def _flow(self, parent: ET.Element, flow: Flow) -> None:
        attributes = {"id": flow.id} | ({"name": clean(flow.name)} if flow.name else {})
        made = _add(parent, "sequenceFlow", **attributes, sourceRef=flow.source, targetRef=flow.target)
        self._document(made, flow.documentation)
        if flow.condition is not None:
            self._expression(made, "conditionExpression", flow.condition)

    def _expression(self, parent: ET.Element, name: str, text: str) -> None:
        made = _add(parent, name, text)
        made.set(_tag("xsi:type"), "bpmn:tFormalExpression")

    def _document(self, parent: ET.Element, texts: Iterable[str]) -> None:
        whole = "\n".join(filter(None, map(clean, texts)))
        if whole:
            _add(parent, "documentation", whole)

    # --- how it is drawn -----------------------------------------------------------------------------------------

    def _diagram(self) -> None:
        diagram = _add(self.root, "bpmndi:BPMNDiagram", id="diagram")
        plane = _add(diagram, "bpmndi:BPMNPlane", id="plane", bpmnElement="collaboration")
        for process in self.model.processes:
            self._shape(plane, f"pool-{process.id}", self.layout.pools[process.id], isHorizontal="true")
            for element in process.elements:
                marked = {"isMarkerVisible": "true"} if element.kind is Kind.GATEWAY else {}
                self._shape(plane, element.id, self.layout.shapes[element.id], **marked)
            for flow in process.flows:
                edge = _add(plane, "bpmndi:BPMNEdge", id=f"{flow.id}--di", bpmnElement=flow.id)
                for x, y in self.layout.flows[flow.id]:
                    _add(edge, "di:waypoint", x=f"{x:g}", y=f"{y:g}")
                self._label(edge, flow.id)

    def _shape(self, plane: ET.Element, name: str, bounds: Bounds, **attributes: str) -> None:
        shape = _add(plane, "bpmndi:BPMNShape", id=f"{name}--di", bpmnElement=name, **attributes)
        self._bounds(shape, bounds)
        self._label(shape, name)

    def _label(self, parent: ET.Element, name: str) -> None:
        if name in self.layout.names:
            self._bounds(_add(parent, "bpmndi:BPMNLabel"), self.layout.names[name])

    def _bounds(self, parent: ET.Element, bounds: Bounds) -> None:
        places = {"x": bounds.x, "y": bounds.y, "width": bounds.width, "height": bounds.height}
        _add(parent, "dc:Bounds", **{name: f"{value:g}" for name, value in places.items()})
