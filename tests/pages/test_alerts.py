"""What needs you, on the Overview: the most useful alerts, the same whatever is chosen, each with its reason."""

from __future__ import annotations

import pytest

from salesmetrics.charts.alert_words import sentence
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.alerts import alerts
from salesmetrics.query.request import MetricQuery
from ui import alerts as section
from ui import datasets

from .conftest import Drop, Start


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return datasets.sample().data


def said_by(at) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(one.value for one in (*at.markdown, *at.caption)).replace("\\", "")


def test_the_most_useful_alerts_stand_there(start: Start, sample: Dataset) -> None:
    at = start()
    assert "What needs you" in [one.value for one in at.subheader]
    found = alerts(sample, MetricQuery(("revenue",)), most=section.MOST)
    assert found.found
    said = said_by(at)
    assert all(sentence(one) in said for one in found.found)
    assert f"{found.watched} numbers were looked at; {found.all} left the range" in said


def test_they_are_worked_out_once_for_a_version(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(*words: object, **named: object) -> object:
        asked.append(words)
        return alerts(*words, **named)  # type: ignore[arg-type]

    at = start()
    monkeypatch.setattr(section, "alerts", counted)
    at.multiselect(key="filter_region").set_value(["East"]).run()
    assert not at.exception
    assert asked == []


def test_a_short_history_says_what_it_takes(data_page, drop: Drop) -> None:  # type: ignore[no-untyped-def]
    orders = b"order_date,amount\n" + b"".join(b"2024-%02d-10,5\n" % month for month in range(1, 8))
    at = drop(data_page, {"orders.csv": orders}).switch_page("../pages/overview.py").run()
    assert not at.exception
    assert "from twelve whole months of data on" in said_by(at)
