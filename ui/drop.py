"""The upper part of the Data page: where files are dropped, where they go, and what keeps them from being read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.model.report import SheetReport
from ui import account, arrivals, preview, reading_progress, uploader
from ui.arrivals import Target
from ui.datasets import Opened
from ui.text import plain, quoted

UPLOADER = "sales_files"
"""The uploader's key: files go on arriving while another page is shown."""

_TARGET, _PROBLEM = "upload_target", "correction_problem"


def _target(opened: Opened) -> Target:
    """Ask where files go, where there is a choice."""
    if not opened.mine:
        return Target.NEW
    names = {
        Target.ADD: _("Add to {name}"), Target.REPLACE: _("In place of its files"), Target.NEW: _("New workspace"),
    }  # fmt: skip
    chosen = st.segmented_control(
        _("What you drop goes"), list(names), default=Target.ADD, required=True, key=_TARGET,
        persist_state="session", format_func=lambda one: names[one].format(name=plain(opened.name)),
        help=_("Where files meet rows that are there, you see first what they would change, and say how. "
               "Each way makes a new version, and you can go back."),
    )  # fmt: skip
    return Target(chosen)


def draw(opened: Opened) -> None:
    """Draw the place to drop files; read what arrived."""
    target = _target(opened)
    uploader.show(UPLOADER)
    if not opened.mine:
        st.caption(_("Your files become a workspace of your own: only you and those you give its link see it."))
    if uploader.waiting(UPLOADER):
        with reading_progress.shown():
            # Taken only here: a click elsewhere may end this run at any line before.
            batch = uploader.take(UPLOADER)
            if batch:
                arrivals.take(batch, target, opened)
        st.rerun()
    preview.draw(opened)
    waiting = arrivals.trouble()
    if waiting is None:
        return
    if waiting.report and any(sheet.questions for sheet in waiting.report.sheets):
        st.markdown(_("**Before these files can be read, one thing has to be known that they do not say.**"))
    else:
        st.error(plain(quoted(waiting.sentence)))
    if waiting.report:
        account.sheets(waiting.report, _say_waiting, name="waiting")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("Leave these files"), key="leave_files", on_click=arrivals.let_go)
        if not opened.is_sample:
            st.caption(_("What was on before stays on."))


def _say_waiting(_sheet: SheetReport, said: Sequence[str]) -> None:
    arrivals.say(said)


def corrections(opened: Opened) -> account.Say | None:
    """Give what takes an owner's corrections of the files that are on; None for those who may make none."""

    def say(sheet: SheetReport, said: Sequence[str]) -> None:
        try:
            if said:
                arrivals.read_again(opened, sheet, said)
            else:
                arrivals.confirm(opened, sheet)
        except SalesMetricsError as error:
            st.session_state[_PROBLEM] = error.sentence

    return say if opened.mine else None


def problem() -> None:
    """Say once why a correction could not be made."""
    sentence = st.session_state.pop(_PROBLEM, None)
    if sentence:
        st.error(plain(quoted(sentence)))
