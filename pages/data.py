"""Which data is on, what was recognised in the files, and what could not be used."""

import streamlit as st

from salesmetrics.i18n import _
from ui import account, datasets, upload
from ui.text import plain, quoted

opened = datasets.current()

st.title(_("Your data"))
with st.container(horizontal=True, vertical_alignment="center"):
    name = _("On now: **{name}**").format(name=plain(opened.name))
    st.markdown(" · ".join([name, opened.reach] if opened.reach else [name]))
    if opened.own:
        st.button(_("Back to the sample company"), key="back_to_sample", on_click=upload.back_to_sample)

dropped = st.file_uploader(
    _("Drop your sales files here"),
    accept_multiple_files=True,
    key=upload.widget(),
    help=_("CSV or Excel, in English or Chinese: orders, deals, leads, reps, quotas, spend. Several at once."),
)
st.caption(_("Your files stay in this session: nobody else sees them, and they are gone when you close the page."))
with st.spinner(_("Reading your files …")):
    fresh = upload.take([(one.file_id, one.name, one) for one in dropped])
if fresh:
    st.rerun()

last = upload.last()
if last and last.error:
    st.error(plain(quoted(last.error)))
    if last.report:
        account.sheets(last.report, correctable=True)
    if opened.own:
        st.info(_("The files read before stay on."))
elif opened.own:
    st.subheader(_("What was recognised"))
    account.sheets(opened.report, correctable=last is not None)

st.subheader(_("What the data holds"))
account.holdings(opened.data)
if not opened.own and not (last and last.error):
    st.subheader(_("How the sample's files were read"))
    account.sheets(opened.report, correctable=False)
