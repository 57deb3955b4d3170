"""The place on a page where files are dropped: it sends them on their way, and gives them once all are here."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from salesmetrics.i18n import _, current_language, ngettext
from ui.incoming import Batch, Refusal, Ticket, issue
from ui.upload_route import XSRF_COOKIE, address, xsrf_secret

_HTML = """
<section class="uploader">
  <div class="zone">
    <div class="words"><div class="title"></div><div class="hint"></div></div>
    <button type="button" class="browse"></button>
    <input type="file" multiple hidden>
  </div>
  <div class="whole" hidden><span class="told"></span><progress max="1"></progress></div>
  <ul class="files"></ul>
  <div class="notice" hidden></div>
  <button type="button" class="without" hidden></button>
  <div class="said" role="status" aria-live="polite"></div>
</section>
"""

_component = st.components.v2.component(
    "salesmetrics_uploader",
    html=_HTML,
    css=Path(__file__).with_name("uploader.css").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("uploader.js").read_text(encoding="utf-8"),
)


def show(key: str) -> None:
    """Draw the place to drop files; what arrived stays with it until `take`.

    `key` names it across pages: files go on arriving while another page is shown. Where the batch taken is not
    kept, its files go; `ui.incoming.discard` removes them at once.
    """
    held = st.session_state.get(_current(key))
    if held and held[1].waits:
        st.session_state.setdefault(_full(key), []).append(held[1])
    if not held or held[1].settled:
        context = get_script_run_ctx()
        cookie = st.context.cookies.get(XSRF_COOKIE)
        held = issue(context.session_id if context else "", xsrf_secret(cookie))
        st.session_state[_current(key)] = held
    token, ticket = held
    ticket.renew()
    # Every element that is drawn may end the run, where a newer one is wanted: nothing is taken before.
    _component(
        key=key,
        data={
            "key": key,
            "token": token,
            "address": address(),
            "language": current_language(),
            "largest": ticket.limits.file_bytes,
            "files": ticket.limits.files,
            "texts": _texts(ticket.limits.files),
        },
        # What the browser says only makes the script run: what arrived is asked of the ticket.
        on_arrived_change=lambda: None,
    )


def waiting(key: str) -> bool:
    """Tell whether files arrived in full at the uploader `key` and were not taken yet, from any page."""
    return any(ticket.waits for ticket in _tickets(key))


def take(key: str) -> Batch | None:
    """Give the files of the oldest drop that arrived in full at the uploader `key`: each once, from any page."""
    for ticket in _tickets(key):
        if batch := ticket.take():
            st.session_state[_full(key)] = [one for one in st.session_state.get(_full(key), []) if one.waits]
            return batch
    return None


def _tickets(key: str) -> list[Ticket]:
    held = st.session_state.get(_current(key))
    return [*st.session_state.get(_full(key), []), *([held[1]] if held else [])]


def _current(key: str) -> str:
    return f"ticket_{key}"


def _full(key: str) -> str:
    return f"full_tickets_{key}"


def _texts(most: int) -> dict[str, object]:
    return {
        "title": _("Drop your sales files here"),
        "hint": _("CSV, Excel, Parquet, JSON or a ZIP of these, in English or Chinese. Up to {size} each."),
        "browse": _("Browse files"),
        "waiting": _("Waiting"),
        "arrived": _("Arrived"),
        "cancel": _("Cancel"),
        "cancel_named": _("Cancel {name}"),
        "remove": _("Remove"),
        "remove_named": _("Remove {name}"),
        "again": _("Try again"),
        "again_named": _("Try {name} again"),
        "progress_named": _("Upload of {name}"),
        "progress_whole": _("Upload of all files"),
        "whole": [
            ngettext("{done} of {n} file here · {percent}", "{done} of {n} files here · {percent}", n)
            for n in (1, 2)
        ],
        "started": [ngettext("Uploading {n} file.", "Uploading {n} files.", n) for n in (1, 2)],
        "all_here": [ngettext("{n} file is here.", "All {n} files are here.", n) for n in (1, 2)],
        "without": [
            ngettext("Go on with the file that arrived", "Go on with the {n} files that arrived", n)
            for n in (1, 2)
        ],
        "too_many": _("Only {most} files fit into one drop. Drop the others afterwards.").format(most=most),
        "refused": {refusal.value: sentence for refusal, sentence in sentences().items()},
    }


def sentences() -> dict[Refusal, str]:
    """Give what people read for each reason why a file was not taken."""
    return {
        Refusal.NOT_ALLOWED: _("This page may not send files any more. Reload the page and drop the file again."),
        Refusal.SESSION_GONE: _("The connection of this page has ended. Reload the page and drop the file again."),
        Refusal.TOO_LARGE: _(
            "This file is larger than {size}, the most that is taken. Split it, or save it as CSV."
        ),
        Refusal.DROP_TOO_LARGE: _("With this file the drop would be too large. Drop it afterwards, on its own."),
        Refusal.TOO_MANY: _("There are too many files in this drop. Drop this one afterwards."),
        Refusal.BUSY: _("Too many files are on their way at once. Try again in a moment."),
        Refusal.DISK_FULL: _("The server has too little free disk space for this file. Tell whoever runs it."),
        Refusal.INTERRUPTED: _("The connection broke off before the whole file was sent. Try again."),
        Refusal.NOT_STORED: _("The server could not store this file. Try again, or tell whoever runs it."),
        Refusal.NOT_UNDERSTOOD: _("The server did not understand this upload. Reload the page and try again."),
    }
