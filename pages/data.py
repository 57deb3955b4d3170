"""Which data is on, what was recognised in its files, what is wrong with them, and who sees it."""

import streamlit as st

from salesmetrics.i18n import _
from ui import (
    account,
    arrivals,
    datasets,
    drop,
    found,
    readiness,
    settings_form,
    sharing,
    shell,
    storage,
    versions,
    workspace_head,
)

opened = datasets.current()

st.title(_("Your data"))
workspace_head.draw(opened)
drop.draw(opened)
if opened.is_sample and arrivals.trouble():
    # What is said of the sample's files would be taken for what is wrong with one's own.
    st.stop()

names = [_("Files"), _("Versions"), _("Settings"), *([_("Link and owners")] if opened.mine else [])]
files, older, settings, *people = st.tabs(names, key="data_parts", on_change="rerun")
if files.open:
    with files:
        drop.problem()
        st.subheader(_("What needs a look"))
        found.draw(opened.report, opened.data)
        st.subheader(_("What was recognised"))
        account.sheets(opened.report, drop.corrections(opened), storage.store().remembered(opened.workspace.id))
        st.subheader(_("What the data holds"))
        account.holdings(opened.data)
        found.coverage(opened.data)
        st.subheader(_("Which numbers it allows"))
        readiness.whole(opened.data, shell.theme())
if older.open:
    with older:
        versions.draw(opened)
if settings.open:
    with settings:
        settings_form.draw(opened)
for tab in people:
    if tab.open:
        with tab:
            sharing.draw(opened)
