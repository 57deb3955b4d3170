"""The conformed dimensions: one name each, used as filter, breakdown, URL key and column everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from salesmetrics.i18n import _

UNKNOWN = "(unknown)"
"""The value of a dimension where the data says none, kept so that parts sum to the whole."""

NEW, RETURNING = "new", "returning"


@dataclass(frozen=True)
class Dimension:
    """One dimension: its name in requests and URLs, and what people call it."""

    name: str
    title: Callable[[], str]
    plural: Callable[[], str]


DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("region", lambda: _("Region"), lambda: _("Regions")),
        Dimension("product", lambda: _("Product"), lambda: _("Products")),
        Dimension("category", lambda: _("Category"), lambda: _("Categories")),
        Dimension("channel", lambda: _("Channel"), lambda: _("Channels")),
        Dimension("segment", lambda: _("Customer segment"), lambda: _("Customer segments")),
        Dimension("rep", lambda: _("Rep"), lambda: _("Reps")),
        Dimension("team", lambda: _("Team"), lambda: _("Teams")),
        Dimension("manager", lambda: _("Manager"), lambda: _("Managers")),
        Dimension("tenure", lambda: _("Tenure"), lambda: _("Tenure bands")),
        Dimension("customer", lambda: _("Customer"), lambda: _("Customers")),
        Dimension("lead_source", lambda: _("Lead source"), lambda: _("Lead sources")),
        Dimension("stage", lambda: _("Stage"), lambda: _("Stages")),
        Dimension("loss_reason", lambda: _("Loss reason"), lambda: _("Loss reasons")),
        Dimension("new_or_returning", lambda: _("New or returning"), lambda: _("New and returning")),
    )
}
"""Every dimension by name."""
