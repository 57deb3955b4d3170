"""The catalogue is whole: every metric of METRICS.md, each with its entry, an oracle, a worked example and a page."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.families import FAMILIES
from salesmetrics.metrics.models import MODELS
from salesmetrics.model.tables import TABLES
from salesmetrics.query.glossary import ALSO_CALLED, glossary
from salesmetrics.query.request import Compare, MetricQuery
from salesmetrics.query.settings import SETTINGS
from ui import answers

ROOT = Path(__file__).resolve().parents[1]
DEFINITIONS = ROOT.parent / "shared" / "METRICS.md"

A_CHANGE = {"growth_pop": Compare.PREVIOUS, "growth_yoy": Compare.LAST_YEAR}
"""Metrics that a page shows beside every number for which it asks this comparison."""

PAGES = tuple(dict.fromkeys(family.page for family in FAMILIES))


def defined(text: str) -> list[str]:
    """Give the ids of the entries of METRICS.md: those before the first dot of each entry's line."""
    sections = text[text.index("\n## 4.") : text.index("\n## 12.")]
    entries = [line for line in sections.splitlines() if line.startswith("- `")]
    return [one for line in entries for one in re.findall(r"`([a-z0-9_]+)`", line.partition("·")[0])]


@pytest.mark.reference
def test_every_metric_that_is_defined_is_in_the_catalogue() -> None:
    if not DEFINITIONS.is_file():
        pytest.skip("the definitions are not here: METRICS.md belongs in a folder shared beside the checkout")
    ids = defined(DEFINITIONS.read_text(encoding="utf-8"))
    assert len(ids) == len(set(ids)) > 100
    assert sorted(set(ids) - set(CATALOGUE)) == sorted(MODELS)


def lacks(metric_id: str) -> Iterator[str]:
    """Name what a reader of the glossary would miss in a metric's entry."""
    entry = glossary()[metric_id]
    for name in ("title", "title_zh", "tells", "formula", "placed_by"):
        if not str(getattr(entry, name)).strip():
            yield name
    # A name such as CLV:CAC is the same in Chinese.
    if not re.search("[\u4e00-\u9fff]", entry.title_zh) and entry.title_zh.upper() != entry.title_zh:
        yield "a Chinese name"
    if not entry.tells.endswith("."):
        yield "a whole sentence that tells what it is for"
    if not re.fullmatch(r"S–( \(.+\))?|S[0-4]( S[0-4])*( \(.+\))?", entry.source):
        yield "a source such as “S0 S3” or “S–”"
    if metric_id in CATALOGUE and not entry.dimensions:
        yield "a dimension"
    if metric_id in CATALOGUE and not entry.inputs:
        yield "an input"
    for column in entry.inputs:
        table, _dot, name = column.partition(".")
        if table not in TABLES or name not in {one.name for one in TABLES[table].columns}:
            yield f"the input {column} among the canonical columns"
    for parameter in entry.parameters:
        if not parameter.meaning:
            yield f"what {parameter.name} means"
        if SETTINGS[f"{metric_id}.{parameter.name}"].read(parameter.default) != parameter.default:
            yield f"a default of {parameter.name} that may be set"
    for member in entry.members:
        if member not in CATALOGUE:
            yield f"the member {member}"


def test_every_metric_has_a_whole_entry() -> None:
    missing = {metric: list(lacks(metric)) for metric in glossary()}
    assert {metric: what for metric, what in missing.items() if what} == {}


def test_no_two_metrics_have_one_name() -> None:
    titles = [entry.title.casefold() for entry in glossary().values()]
    assert sorted(title for title in set(titles) if titles.count(title) > 1) == []


def test_other_names_are_of_metrics_that_there_are() -> None:
    assert set(ALSO_CALLED) <= set(glossary())


def test_every_metric_has_an_oracle() -> None:
    oracles = {path.stem for path in (ROOT / "tests" / "oracles").glob("*.sql")}
    assert not (missing := sorted(set(CATALOGUE) - oracles)), ", ".join(missing)
    assert not (strange := sorted(oracles - set(CATALOGUE))), ", ".join(strange)


def named_in(paths: Sequence[Path]) -> set[str]:
    """Give every text in the code of `paths`, and of one such as `cac.lag` what stands before the dot."""
    texts = {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return texts | {text.partition(".")[0] for text in texts}


def test_every_metric_has_a_worked_example() -> None:
    named = named_in(list((ROOT / "tests" / "examples").glob("test_*.py")))
    assert not (missing := sorted(set(CATALOGUE) - named)), ", ".join(missing)


def test_every_metric_is_in_one_family() -> None:
    placed = [metric for family in FAMILIES for metric in family.metrics]
    assert sorted(metric for metric in set(placed) if placed.count(metric) > 1) == []
    assert sorted(set(CATALOGUE) - set(placed)) == [], "add them to salesmetrics/metrics/families.py"
    assert sorted(set(placed) - set(glossary())) == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[MetricQuery]:
    """Everything that pages ask for from here on."""
    queries: list[MetricQuery] = []
    ask = answers.ask

    def ask_and_note(data: Any, wanted: Sequence[MetricQuery]) -> Any:
        queries.extend(wanted)
        return ask(data, wanted)

    monkeypatch.setattr(answers, "ask", ask_and_note)
    return queries


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_for_every_metric_that_is_said_to_be_on_it(page: str, asked: list[MetricQuery]) -> None:
    """On the sample company, which has every table. What a page asks for once it is chosen is its ON_CHOICE."""
    assert (ROOT / "pages" / f"{page}.py").is_file(), f"there is no page {page} yet"
    at = AppTest.from_file(ROOT / "ui" / "main.py", default_timeout=180)
    at.query_params["w"] = "sample"
    at.run()
    asked.clear()
    at.switch_page(f"../pages/{page}.py").run()
    assert not at.exception, at.exception
    chosen = getattr(importlib.import_module(f"ui.{page}"), "ON_CHOICE", ())
    shown = {metric for query in asked for metric in query.metrics} | set(chosen)
    compared = {compare for query in asked for compare in query.compare}
    shown |= {metric for metric, compare in A_CHANGE.items() if compare in compared}
    said = [
        metric for family in FAMILIES if family.page == page for metric in family.metrics if metric in CATALOGUE
    ]
    missing = [metric for metric in said if metric not in shown]
    assert not missing, f"the page {page} never asks for {', '.join(missing)}"
