"""An entry tells what the catalogue declares, and where its metric is shown."""

from __future__ import annotations

from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.families import FAMILIES, family_of
from salesmetrics.metrics.models import MODELS
from salesmetrics.query.glossary import glossary


def test_there_is_an_entry_for_each_metric_in_the_order_of_the_catalogue_then_for_each_model() -> None:
    assert list(glossary()) == [*CATALOGUE, *MODELS]


def test_an_entry_reads_the_columns_that_its_numbers_are_refused_without() -> None:
    for entry in (glossary()[metric] for metric in CATALOGUE):
        measures = CATALOGUE[entry.id].made_of(CATALOGUE[entry.id].settings({}))
        asked = {name for measure in measures for one in measure.inputs for name in one.split("|")}
        assert set(entry.inputs) == asked


def test_an_entry_is_on_the_page_of_its_family() -> None:
    assert glossary()["win_rate"].page == "pipeline"
    assert glossary()["revenue"].page == "revenue"
    for family in FAMILIES:
        for metric in family.metrics:
            assert family_of(metric) is family


def test_a_metric_without_a_family_has_no_page() -> None:
    assert family_of("nothing_of_the_kind") is None
