"""Which numbers the files at hand allow and what would add more: a line at the foot of a page, and the whole map."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

import streamlit as st

from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.charts.words import column_name, table_name
from salesmetrics.i18n import _
from salesmetrics.metrics.families import FAMILIES, Family
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.glossary import glossary
from salesmetrics.query.readiness import Readiness, Unlock, readiness
from ui import answers, navigation, state
from ui.glossary_words import lack_words, listed
from ui.text import plain

MOST = 3
"""So many files or columns are named in the line, those that would add most."""


def ready(data: Dataset) -> Readiness:
    """Give what the files at hand allow, worked out once for a data set."""
    return answers.about(data, readiness)


def _able(files: Readiness) -> str:
    if not files.lacking:
        return _("All {all} numbers can be computed from your files.").format(all=files.of)
    return _("{able} of {all} numbers can be computed from your files.").format(
        able=len(files.available), all=files.of
    )


def _adds(unlock: Unlock) -> str:
    table, count = table_name(unlock.table), len(unlock.metrics)
    if unlock.is_file:
        sentence = _("A file of {rows} with {columns} would add {n}.")
        return sentence.format(rows=table, columns=listed(unlock.columns), n=count)
    if unlock.is_one:
        sentence = _("The column {column} in your {rows} would add {n}.")
        return sentence.format(column=column_name(unlock.columns[0]), rows=table, n=count)
    sentence = _("The columns {columns} in your {rows} together would add {n}.")
    return sentence.format(columns=listed(unlock.columns), rows=table, n=count)


def sentences(files: Readiness) -> list[str]:
    """Say how many numbers can be computed from the files, and which files or columns alone would add most."""
    return [_able(files), *(_adds(unlock) for unlock in files.unlocks if unlock.is_one)][: MOST + 1]


def strip(data: Dataset) -> None:
    """Draw the line."""
    with st.container(border=True, key="readiness"):
        st.markdown(f":gray[{plain(' '.join(sentences(ready(data))))}]")


_FAMILY = (
    '<details style="padding:.45rem 0"><summary style="cursor:pointer">'
    '<span style="font-weight:600">{title}</span> <span style="color:{quiet}">{count}</span>'
    '<span aria-hidden="true" style="display:block;height:5px;margin:.35rem 0 0;border-radius:3px;background:{track}">'
    '<span style="display:block;height:5px;border-radius:3px;width:{share:.1f}%;background:{colour}"></span></span>'
    "</summary>{lines}</details>"
)
_LINE = '<div style="margin:.4rem 0;line-height:1.5">{text}</div>'
_QUIET = '<span style="color:{quiet}">{text}</span>'


def _names(metrics: Collection[str]) -> str:
    return ", ".join(_(glossary()[metric].title) for metric in metrics)


def _family(family: Family, files: Readiness, tables: Collection[str], theme: Theme) -> str:
    colours = PALETTES[theme]
    known = family.metrics
    able = [metric for metric in known if metric not in files.lacking]
    missing: dict[str, list[str]] = {}
    for metric in known:
        if metric in files.lacking:
            missing.setdefault(lack_words(files.lacking[metric], tables), []).append(metric)
    lines = []
    if able:
        here = _("Here: {metrics}").format(metrics=_names(able))
        lines.append(_LINE.format(text=escape(here)))
    for what, metrics in sorted(missing.items(), key=lambda one: -len(one[1])):
        quiet = _QUIET.format(quiet=colours.quiet, text=escape(_("with {what}").format(what=what)))
        lines.append(_LINE.format(text=f"{escape(_names(metrics))}: {quiet}"))
    return _FAMILY.format(
        quiet=colours.quiet, track=colours.grid, colour=colours.main,
        title=escape(_(family.title)), lines="".join(lines), share=100 * len(able) / len(known),
        count=escape(_("{able} of {all}").format(able=len(able), all=len(known))),
    )  # fmt: skip


def whole(data: Dataset, theme: Theme) -> None:
    """Draw the map: how many numbers there are, what would add most, and for each family what is here."""
    files, tables = ready(data), tuple(data.tables)
    st.markdown(plain(_able(files)))
    if files.first:
        most, *others = [files.first, *(unlock for unlock in files.unlocks if unlock is not files.first)]
        st.info(plain(_("Add this first. {what}").format(what=_adds(most))))
        if others:
            st.markdown("\n".join(f"- {plain(_adds(unlock))}" for unlock in others))
    if files.several:
        wanted = _("{n} more need several of these together: they stand below with all that they need.")
        st.caption(wanted.format(n=len(files.several)))
    st.html("".join(_family(family, files, tables, theme) for family in FAMILIES))
    label = _("What each number means")
    st.page_link(navigation.registered()[state.GLOSSARY], label=f":blue[{label} →]")
