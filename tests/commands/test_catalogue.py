"""`metrics`: the whole definition of each metric, for programs and for people."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from salesmetrics.commands import main
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.glossary import glossary

FIELDS = {
    "id", "title", "title_zh", "also_called", "unit", "better", "tells", "formula", "placed_by", "inputs",
    "dimensions", "parameters", "members", "traps", "source", "family", "page",
}  # fmt: skip

Said = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run the command and give what it printed."""

    def run(*words: str) -> str:
        assert main(["metrics", *words]) == 0
        return capsys.readouterr().out

    return run


def test_json_gives_the_full_definition_of_each(said: Said) -> None:
    entries = {entry["id"]: entry for entry in json.loads(said("--json"))}
    assert list(entries) == list(glossary())
    for entry in entries.values():
        assert set(entry) == FIELDS
        assert all(entry[name] for name in ("title", "title_zh", "unit", "better", "tells", "formula", "source"))
        assert set(entry["dimensions"]) <= set(DIMENSIONS)
        assert all(column.count(".") == 1 for column in entry["inputs"])


def test_one_entry_is_the_same_alone_as_among_all(said: Said) -> None:
    alone = json.loads(said("sales_cycle_length", "--json"))
    assert alone in json.loads(said("--json"))
    assert (alone["title_zh"], alone["unit"], alone["better"]) == ("销售周期长度", "days", "lower")
    assert (alone["page"], alone["source"], alone["placed_by"]) == ("pipeline", "S2 S3 S4", "close date")
    assert alone["inputs"] == ["opportunities.close_date", "opportunities.created_date", "opportunities.status"]


def test_a_parameter_tells_what_may_be_set(said: Said) -> None:
    months = json.loads(said("new_product_units", "--json"))["parameters"]["months"]
    assert (months["default"], months["options"], months["least"]) == ("6", [], 1)
    outcome = json.loads(said("sales_cycle_length", "--json"))["parameters"]["outcome"]
    assert (outcome["default"], outcome["options"], outcome["most"]) == ("won", ["won", "closed"], None)


def test_people_read_one_line_for_each(said: Said) -> None:
    lines = said().splitlines()
    assert [line.split()[0] for line in lines] == list(glossary())
    assert "Win rate · 赢单率(数量)" in said()


def test_people_read_one_entry_with_its_page(said: Said) -> None:
    told = dict(line.split(maxsplit=1) for line in said("win_rate").splitlines())
    assert told["page"] == "pipeline"
    assert told["formula"].startswith("won / (won + lost)")
