"""The editor of reviews and of the checklist: plan one, write down what was said and decided; kept by owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from salesmetrics.analysis.reviews import (
    CHECKLIST,
    EVERY,
    MONTHLY,
    Action,
    Review,
    ReviewBook,
    Tick,
    next_review,
)
from salesmetrics.charts.values import day_name
from salesmetrics.i18n import _
from ui import kept_documents, reviews
from ui.datasets import Opened
from ui.kpi_editor import only_owners
from ui.text import plain

_ROUND = "review_round"


def editor(opened: Opened, book: ReviewBook, every: Sequence[Review], day: date) -> None:
    """Draw the editor of one review for an owner; anybody else reads who may change reviews."""
    if why := only_owners(opened):
        st.caption(plain(why))
        return
    with st.expander(_("Plan a review, or write down what was said"), key="review_editor"):
        _fields(opened, book, every, day)


def _fields(opened: Opened, book: ReviewBook, every: Sequence[Review], day: date) -> None:
    turn = st.session_state.setdefault(_ROUND, 0)
    by_day = {one.scheduled_on: one for one in every}
    options = [None, *sorted(by_day, reverse=True)]
    coming = next_review(every, day, book.every)
    chosen = st.selectbox(
        _("Which one"), options, key=f"review_which_{turn}",
        index=options.index(coming.scheduled_on) if coming.scheduled_on in by_day else 0,
        format_func=lambda one: day_name(one) if one else _("A new review"),
    )  # fmt: skip
    now = by_day.get(chosen) if chosen else None
    name = f"{opened.workspace.id}_{turn}_{chosen or ''}"
    state = st.session_state
    if f"review_notes_{name}" not in state:
        state[f"review_before_{name}"] = now
    before: Review | None = state.get(f"review_before_{name}")
    rhythm, new = _row(name, before, coming, book.every)
    if before != now:
        st.warning(
            _("Somebody changed this review meanwhile, so yours cannot be saved. Take theirs, then change.")
        )
        if st.button(_("Take what is saved"), key="review_reload"):
            _anew()
        return
    if st.button(_("Save"), key="review_save", type="primary"):
        if before is None and new.scheduled_on in by_day:
            st.error(_("There is a review on that day. Choose it above to change it."))
        else:
            kept = ReviewBook(rhythm, book.reviews, book.checklist).put(new)
            if _keep(opened, kept):
                _anew()


def _row(name: str, before: Review | None, coming: Review, rhythm: str) -> tuple[str, Review]:
    left, right = st.columns(2)
    with left:
        if before is None:
            proposed = coming.scheduled_on
            planned = st.date_input(_("Planned for"), proposed, key=f"review_planned_{name}")
        else:
            planned = before.scheduled_on
        held = st.date_input(_("Held on"), before.held_on if before else None, key=f"review_held_{name}")
        period = st.text_input(
            _("Period it looks at"), before.period if before else "", key=f"review_period_{name}",
            placeholder="2026-03, 2026-Q1",
        )  # fmt: skip
        names = {MONTHLY: _("Monthly")} | {one: _("Quarterly") for one in EVERY if one != MONTHLY}
        every = str(
            st.radio(
                _("Reviews are held"), list(EVERY), index=list(EVERY).index(rhythm), horizontal=True,
                format_func=names.__getitem__, key=f"review_every_{name}",
            )
        )  # fmt: skip
    with right:
        notes = st.text_area(
            _("Notes"), before.notes if before else "", key=f"review_notes_{name}", max_chars=20_000
        )
        decisions = st.text_area(
            _("Decisions"), before.decisions if before else "", key=f"review_decisions_{name}", max_chars=20_000
        )
    actions = _actions(name, before.actions if before else ())
    counted = (before.open, before.done) if before else (0, 0)
    return every, Review(
        planned, held if isinstance(held, date) else None, period.strip(), notes.strip(), decisions.strip(), actions,
        *counted,
    )  # fmt: skip


def _actions(name: str, before: Sequence[Action]) -> tuple[Action, ...]:
    frame = pd.DataFrame({
        "what": pd.Series([one.what for one in before], dtype="object"),
        "owner": pd.Series([one.owner for one in before], dtype="object"),
        "due": pd.to_datetime(pd.Series([one.due for one in before], dtype="object")),
        "done": pd.Series([one.done for one in before], dtype="bool"),
    })  # fmt: skip
    column = st.column_config
    st.markdown(f"**{plain(_('Actions'))}**")
    edited = st.data_editor(
        frame, key=f"review_actions_{name}", num_rows="dynamic", hide_index=True,
        column_config={
            "what": column.TextColumn(_("What is to be done"), max_chars=300, width="large"),
            "owner": column.TextColumn(_("Owner"), max_chars=100),
            "due": column.DateColumn(_("Due")),
            "done": column.CheckboxColumn(_("Done"), default=False),
        },
    )  # fmt: skip
    found = []
    for row in edited.to_dict("records"):
        what = _text(row["what"])
        if what:
            due = None if pd.isna(row["due"]) else pd.Timestamp(row["due"]).date()
            found.append(Action(what, _text(row["owner"]), due, row["done"] is True))
    return tuple(found)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def checklist(opened: Opened, book: ReviewBook) -> None:
    """Draw what no number measures: ticked and noted by owners, read by others."""
    st.subheader(_("What no number measures"))
    st.caption(_("Nothing here is counted: talk about it, tick it, note what came of it."))
    state, words = st.session_state, _questions()
    if not opened.mine:
        st.markdown("  \n".join(_line(words[name], book.checklist.get(name, Tick())) for name in CHECKLIST))
        return
    turn = state.setdefault("checklist_round", 0)
    if f"checklist_note_{CHECKLIST[0]}_{turn}" not in state:
        state["checklist_before"] = dict(book.checklist)
    ticks = {}
    for name in CHECKLIST:
        tick = book.checklist.get(name, Tick())
        left, right = st.columns([2, 3], vertical_alignment="center")
        with left:
            done = st.checkbox(words[name], tick.done, key=f"checklist_done_{name}_{turn}")
        with right:
            note = st.text_input(
                _("Note on {what}").format(what=words[name]), tick.note, key=f"checklist_note_{name}_{turn}",
                label_visibility="collapsed", placeholder=_("Note"), max_chars=1_000,
            )  # fmt: skip
        ticks[name] = Tick(done, note.strip())
    if state["checklist_before"] != dict(book.checklist):
        st.warning(
            _("Somebody changed the checklist meanwhile, so yours cannot be saved. Take theirs, then change.")
        )
        if st.button(_("Take what is saved"), key="checklist_reload"):
            state["checklist_round"] += 1
            st.rerun()
        return
    if st.button(_("Save the checklist"), key="checklist_save") and _keep(
        opened, ReviewBook(book.every, book.reviews, ticks)
    ):
        state["checklist_round"] += 1
        st.rerun()


def _line(question: str, tick: Tick) -> str:
    note = ": " + plain(tick.note) if tick.note else ""
    return f"{'☑' if tick.done else '☐'} {plain(question)}{note}"


def _questions() -> Mapping[str, str]:
    return {
        "competitor_research": _("What competitors do"),
        "market_research": _("What the market asks for"),
        "promotion_paths": _("How people can be promoted"),
        "order_automation": _("Contracts and orders without hand work"),
        "sharing_sessions": _("Sessions where reps share what works"),
        "online_reviews": _("What customers write online"),
        "engagement_tools": _("Tools for reaching customers"),
    }


def _keep(opened: Opened, book: ReviewBook) -> bool:
    document = kept_documents.document(opened, reviews.DOCUMENT)
    kept = kept_documents.keep(opened, reviews.DOCUMENT, book.to_json(), document.edition if document else 0)
    if kept is None:
        return False
    st.toast(_("Saved."))
    return True


def _anew() -> None:
    st.session_state[_ROUND] += 1
    st.rerun()
