"""What will the coming months bring, where do we land, and what should be asked for?"""

import streamlit as st

from salesmetrics.i18n import _
from ui import datasets, forecast, incentives, shell, targets, what_if

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
data = opened.data

st.title(_("Where do we land?"))
if not forecast.ready(data):
    st.info(forecast.what_it_needs())
    alone = forecast.closes(data, on)
    if not isinstance(alone, str):
        forecast.pipeline(alone, theme)
    st.stop()

told, deals = forecast.found(data, on), forecast.closes(data, on)
if isinstance(told, str):
    st.info(forecast.why_none(told))
else:
    goals = forecast.quotas(data, on, told)
    forecast.where_it_lands(told, on, goals, deals)
    forecast.fan(told, goals, theme)
    if isinstance(deals, str):
        forecast.how_far_off(told, theme)
        forecast.no_pipeline(deals, data.tables)
    else:
        left, right = st.columns(2)
        with left:
            forecast.how_far_off(told, theme)
        with right:
            forecast.pipeline(deals, theme, told)
    forecast.parts(told, theme)

targets.section(opened, on, theme)
incentives.section(opened, on)
what_if.section(opened, on, theme)
