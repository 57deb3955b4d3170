"""What a workspace may set: its currency, the conventions it counts by, and the parameters of metrics."""

from __future__ import annotations

from dataclasses import dataclass

from salesmetrics.model.conventions import Conventions


@dataclass(frozen=True)
class Settings:
    """Everything that is set; `currency` is an ISO 4217 code or empty, `params` are as in `MetricQuery`."""

    currency: str = ""
    conventions: Conventions = Conventions()
    params: tuple[tuple[str, str], ...] = ()
