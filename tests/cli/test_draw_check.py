"""The real policies' flowcharts, as drawn and as printed: `praxe draw --check` finds nothing, in either language."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import RC, Run


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("policy", [RC, "policy/promad"])
def test_the_real_policies_have_no_defect_at_any_level(praxe: Run, policy: str, language: str) -> None:
    pytest.importorskip("pygraphviz", exc_type=ImportError)
    ran = praxe("draw", policy, "--check", "--level", "all", "--json", "--language", language)
    charts = json.loads(ran.out)["charts"]
    assert [(chart["name"], each["code"], each["message"]) for chart in charts for each in chart["defects"]] == []
    assert ran.code == 0
    assert {chart["measures"]["crossings"] for chart in charts} == {0}
    levels = {chart["name"].partition("--")[2] for chart in charts}
    assert levels == {"", "summary", "expanded"}
    for chart in charts:
        measures = chart["measures"]
        assert measures["cards"] > 1 and measures["most_lines_of_a_label"] <= 12
        if chart["name"].endswith("--expanded"):
            assert measures["smallest_text_on_a4"] is None and measures["sheets"] == 0
        else:
            assert measures["smallest_text_on_a4"] >= 6 and measures["sheets"] >= 1
