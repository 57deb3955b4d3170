"""What the coming periods are likely to bring, as targets need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from salesmetrics.analysis.forecast.landing import Landing
from salesmetrics.analysis.suggested_target import Likely
from salesmetrics.i18n import _
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.forecasts import Forecasts, landing_of, landing_of_part
from salesmetrics.query.request import Period
from salesmetrics.query.running_quotas import RunningQuota
from ui import forecast
from ui.selection import Selection


def _of_everything(data: Dataset, on: Selection) -> Forecasts | str:
    """Forecast the whole company, whatever filters are on."""
    return forecast.found(data, replace(on, filters=()))


def _likely(land: Landing | None) -> Likely | None:
    if land is None or land.low is None or land.high is None:
        return None
    return Likely(land.low, land.expected, land.high)


def outlook(data: Dataset, on: Selection, period: Period) -> tuple[Likely | None, str]:
    """Give what a period is likely to bring the whole company, or say in a sentence why that is not known."""
    found = _of_everything(data, on)
    if isinstance(found, str):
        return None, forecast.why_none(found)
    likely = _likely(landing_of(found, period))
    return likely, "" if likely else _("The months known are too few to say how far a forecast may be off.")


def outlooks_of(data: Dataset, on: Selection, quotas: Sequence[RunningQuota]) -> Mapping[RunningQuota, Likely]:
    """Give what the whole period of each running quota is likely to bring, where it is not over and that is known."""
    found = _of_everything(data, on)
    if isinstance(found, str):
        return {}
    told = {
        one: _likely(
            landing_of(found, one.period)
            if one.scope == "company"
            else landing_of_part(found, one.scope, one.name, one.period)
        )
        for one in quotas
    }
    return {one: likely for one, likely in told.items() if likely}
