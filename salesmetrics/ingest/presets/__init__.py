"""Exports that are known by their headers: those of CRMs, and of shops whose headers mislead."""

from __future__ import annotations

from collections.abc import Sequence

from salesmetrics.ingest.presets.dynamics import DYNAMICS
from salesmetrics.ingest.presets.fxiaoke import FXIAOKE
from salesmetrics.ingest.presets.hubspot import HUBSPOT
from salesmetrics.ingest.presets.pipedrive import PIPEDRIVE
from salesmetrics.ingest.presets.preset import Preset, best_of
from salesmetrics.ingest.presets.salesforce import SALESFORCE
from salesmetrics.ingest.presets.shops import SHOPS
from salesmetrics.ingest.presets.wukong import WUKONG
from salesmetrics.ingest.presets.zoho import ZOHO

PRESETS: tuple[Preset, ...] = (
    *SALESFORCE, *HUBSPOT, *PIPEDRIVE, *ZOHO, *DYNAMICS, *FXIAOKE, *WUKONG, *SHOPS,
)  # fmt: skip
"""Every export that is known by its headers."""


def known_export(header: Sequence[str]) -> Preset | None:
    """Tell which usual export has these headers, None where they are of none.

    >>> known_export(["Record ID", "Deal Name", "Deal Stage", "Pipeline", "Amount"]).origin
    'HubSpot'
    """
    return best_of(PRESETS, header)


__all__ = ["PRESETS", "Preset", "known_export"]
