"""How many of all numbers the files at hand allow, and what would add more: one line at the foot of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from salesmetrics.charts.words import column_name, table_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.availability import availability
from ui.text import plain

MOST = 3
"""So many files or columns are named, those that would add most."""


def _lacking(data: Dataset) -> Mapping[str, set[str]]:
    """Give for each metric that cannot be computed every input that no file has: a table, or a column of one."""
    return {
        metric_id: {
            name if data.has(name.partition(".")[0]) else name.partition(".")[0]
            for measure in metric.made_of(metric.settings({}))
            for name in measure.inputs
            if not data.has(*name.split("."))
        }
        for metric_id, metric in CATALOGUE.items()
        if metric_id in {one for one, reason in availability(data).items() if reason}
    }


def unlocks(data: Dataset) -> Counter[str]:
    """Count for each table, or column of a table that is there, how many numbers it alone would add."""
    return Counter(next(iter(inputs)) for inputs in _lacking(data).values() if len(inputs) == 1)


def sentences(data: Dataset) -> list[str]:
    """Say how many numbers can be computed from the files, and what would add most to them."""
    reasons = availability(data)
    able = sum(reason is None for reason in reasons.values())
    said = [
        _("All {all} numbers can be computed from these files.").format(all=len(reasons))
        if able == len(reasons)
        else _("{able} of {all} numbers can be computed from these files.").format(able=able, all=len(reasons))
    ]
    for name, count in unlocks(data).most_common(MOST):
        numbers = ngettext("{n} number", "{n} numbers", count).format(n=count)
        table = table_name(name.partition(".")[0])
        said.append(
            _("The column {column} in your {rows} would add {numbers}.").format(
                column=column_name(name), rows=table, numbers=numbers
            )
            if "." in name
            else _("A file of {rows} would add {numbers}.").format(rows=table, numbers=numbers)
        )
    return said


def strip(data: Dataset) -> None:
    """Draw the line."""
    with st.container(border=True, key="readiness"):
        st.markdown(f":gray[{plain(' '.join(sentences(data)))}]")
