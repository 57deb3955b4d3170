"""What is wrong with the files, worst first: what changes a number in sight, the rest folded away."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from salesmetrics.charts.words import table_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.findings import findings
from salesmetrics.ingest.quality import inspect
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.finding import Finding, Quality, Severity
from salesmetrics.model.report import Report
from ui import answers, datasets
from ui.csv_text import set_aside_csv
from ui.text import plain, quoted

MOST = 8
"""Findings in sight; more are folded away."""

_NOT_USED = "not_used"

_TELLS_ITS_SHARE = ("question", _NOT_USED, "rests_on_a_part", "column_often_empty")
"""Findings whose sentence says how much it is, or that are about a whole sheet."""


def looked_through(data: Dataset) -> Quality:
    """Look through the tables of the data."""
    return inspect(data, {name: one.through for name, one in datasets.covers(data).items()})


def draw(report: Report, data: Dataset) -> None:
    """Draw what is wrong with the files of a report and the tables read from them."""
    found = findings(report, answers.about(data, looked_through))
    st.caption(_totals(report))
    changing, maybe, rest = ([one for one in found if one.severity is severity] for severity in Severity)
    if changing:
        heading = ngettext("{n} thing changes a number", "{n} things change a number", len(changing))
        st.markdown(f"**{heading.format(n=len(changing))}**")
        for one in changing[:MOST]:
            _in_sight(one)
        _folded(_("{n} more that change a number"), changing[MOST:])
    else:
        st.success(_("Nothing found that changes a number."))
    for one in maybe:
        # A file that is left out altogether wants to be seen, whether numbers miss it or not.
        if one.code == _NOT_USED:
            _in_sight(one)
    maybe = [one for one in maybe if one.code != _NOT_USED]
    _folded(ngettext("{n} thing may change a number", "{n} things may change a number", len(maybe)), maybe)
    _folded(_("{n} for your information"), rest)
    if len([sheet for sheet in report.sheets if sheet.set_aside]) > 1:
        st.download_button(
            _("Download all {n} rows set aside as CSV").format(n=f"{len(report.set_aside):,}"),
            data=lambda: set_aside_csv(report.set_aside), file_name="set-aside.csv", mime="text/csv",
            key="all_set_aside", on_click="ignore",
        )  # fmt: skip


def _totals(report: Report) -> str:
    read = sum(sheet.rows for sheet in report.sheets)
    kept = sum(sheet.kept for sheet in report.sheets)
    changed = sum(change.cells for sheet in report.sheets for one in sheet.mapping for change in one.changes)
    text = ngettext(
        "{read} rows read in {n} sheet: {kept} kept, {aside} set aside.",
        "{read} rows read in {n} sheets: {kept} kept, {aside} set aside.",
        len(report.sheets),
    ).format(read=f"{read:,}", n=len(report.sheets), kept=f"{kept:,}", aside=f"{read - kept:,}")
    if not changed:
        return text
    cells = ngettext(
        "{n} cell is read as something other than it stands; each file below tells how.",
        "{n} cells are read as something other than they stand; each file below tells how.",
        changed,
    )
    return f"{text} {cells.format(n=f'{changed:,}')}"


def _in_sight(one: Finding) -> None:
    if one.samples or one.numbers:
        with st.expander(_sentence(one)):
            _details(one)
    else:
        st.markdown(f"**{plain(one.where)}**: {_sentence(one)}" if one.where else _sentence(one))


def _folded(label: str, found: Sequence[Finding]) -> None:
    if found:
        with st.expander(label.format(n=len(found))):
            for one in found:
                st.markdown(_sentence(one))
                _details(one)


def _sentence(one: Finding) -> str:
    kinds = {"question": f":red-badge[{_('Asks you')}] ", _NOT_USED: f":orange-badge[{_('Not used')}] "}
    return kinds.get(one.code, "") + plain(quoted(one.sentence)) + _share(one)


def _share(one: Finding) -> str:
    if not one.share or one.code in _TELLS_ITS_SHARE or one.share_of not in ("amount", "rows"):
        return ""
    share = (
        _("under 0.1%") if one.share < 0.001 else f"{one.share:.0%}" if one.share > 0.995 else f"{one.share:.1%}"
    )
    text = _("{share} of the amount") if one.share_of == "amount" else _("{share} of the rows")
    return f" ({text.format(share=share)})"


def _details(one: Finding) -> None:
    said = [plain(one.where)] if one.where else []
    if one.samples:
        said.append(_("such as {samples}").format(samples=plain("; ".join(one.samples))))
    touched = [_(CATALOGUE[name].title) for name in one.numbers if name in CATALOGUE]
    if touched:
        said.append(_("touches {numbers}").format(numbers=plain(", ".join(touched))))
    if said:
        st.caption(" · ".join(said))


def coverage(data: Dataset) -> None:
    """Draw how far each column of each table is filled, the emptiest first, folded away."""
    covers = sorted(answers.about(data, looked_through).coverage, key=lambda one: one.share)
    gaps = [one for one in covers if one.share < 1]
    if not covers:
        return
    label = ngettext("{n} column is not filled throughout", "{n} columns are not filled throughout", len(gaps))
    with st.expander(label.format(n=len(gaps)) if gaps else _("Every column is filled throughout")):
        st.dataframe(
            pd.DataFrame(
                {
                    _("Table"): [table_name(one.table) for one in covers],
                    _("Column"): [one.column.replace("_", " ") for one in covers],
                    _("Filled"): [one.share for one in covers],
                    _("Months without any"): [_months(one.empty_months) for one in covers],
                }
            ),
            hide_index=True,
            placeholder="–",
            column_config={
                _("Filled"): st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)
            },
            alt=_("How far each column is filled"),
        )


def _months(months: Sequence[str]) -> str | None:
    if not months:
        return None
    first, last = months[0][:7], months[-1][:7]
    return (
        first
        if len(months) == 1
        else _("{n} from {first} to {last}").format(n=len(months), first=first, last=last)
    )
