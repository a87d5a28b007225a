"""`praxe explain`."""

from __future__ import annotations

import json

import pytest

from praxe.dsl.messages import all_codes
from tests.cli.conftest import Run


@pytest.mark.parametrize("code", ["PX203", "px203", "203", "Px-203", " PX 203 "])
def test_a_code_may_be_written_in_many_ways(praxe: Run, code: str) -> None:
    ran = praxe("explain", code)
    assert ran.code == 0
    assert ran.out.startswith("erro[PX203]: fato desconhecido\n")
    assert "Assim aparece:\n\n    procedimento" in ran.out
    assert "Assim está certo:" in ran.out


def test_every_code_has_its_page_in_both_languages(praxe: Run) -> None:
    listed = praxe("explain", "--json")
    assert [each["code"] for each in json.loads(listed.out)] == list(all_codes())
    for code in all_codes()[::15]:
        assert praxe("explain", code).code == 0
        assert praxe("explain", code, "--language", "en").code == 0


def test_without_a_code_all_are_listed(praxe: Run) -> None:
    ran = praxe("explain")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == list(all_codes())


@pytest.mark.parametrize("code", ["px999", "PX2O3", "9" * 5000, "x"])
def test_an_unknown_code_tells_where_the_list_is(praxe: Run, code: str) -> None:
    ran = praxe("explain", code)
    assert ran.code == 2
    assert "`praxe explain` lista todos" in ran.err
    assert "PX101" not in ran.err  # the list would bury what is said


def test_json_of_one_code(praxe: Run) -> None:
    record = json.loads(praxe("explain", "203", "--json", "--language", "en").out)
    assert record["code"] == "PX203"
    assert record["severity"] == "error"
    assert record["title"] == "unknown fact"
