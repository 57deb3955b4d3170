"""What takes seconds on the sample company is there before the first person looks."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from tests.pages.conftest import opened, opening
from ui import alerts, answers, forecast, warm


@pytest.fixture
def asked_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Warm up, and then note whatever is worked out again."""
    warm.rest(Event())
    noted: list[str] = []

    def noting(name: str, work_out: Callable[..., object]) -> Callable[..., object]:
        def noted_first(*words: object, **named: object) -> object:
            noted.append(name)
            return work_out(*words, **named)

        return noted_first

    monkeypatch.setattr(alerts, "alerts", noting("alerts", alerts.alerts))
    monkeypatch.setattr(forecast, "forecasts", noting("forecasts", forecast.forecasts))
    monkeypatch.setattr(answers, "future_of", noting("future", answers.future_of))
    return noted


def test_the_first_who_looks_waits_for_none_of_it(asked_anew: list[str]) -> None:
    at = opening()()
    opened(at, "customers")
    opened(at, "forecast")
    assert asked_anew == []
