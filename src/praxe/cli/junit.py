"""The report of `praxe test` as integration servers read it.

In: what the scenarios gave. Out: JUnit XML, without times: the same policy gives the same file.
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from praxe.cli.coverage_record import figures
from praxe.engine.scenario_runs import ScenarioReport


def junit(report: ScenarioReport, name: str, language: str) -> bytes:
    """Return the report; `name` is the policy's."""
    failures = sum(not each.passed for each in report.results)
    counts = {"tests": str(len(report.results)), "failures": str(failures), "errors": "0", "skipped": "0"}
    root = Xml.Element("testsuites", counts)
    suite = Xml.SubElement(root, "testsuite", {"name": name, **counts})
    properties = Xml.SubElement(suite, "properties")
    for key, figure in figures(report.coverage).items():
        Xml.SubElement(properties, "property", {"name": f"coverage.{key}", "value": str(figure)})
    for each in report.results:
        span = each.scenario.span
        place = {"classname": name, "name": each.scenario.name, "file": span.path, "line": str(span.line)}
        case = Xml.SubElement(suite, "testcase", place)
        if not each.passed:
            said = [difference.in_language(language) for difference in each.differences]
            failure = Xml.SubElement(case, "failure", {"message": said[0]})
            failure.text = "\n".join(said)
    Xml.indent(root)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
