"""Are customers content, and do we gain on the market?"""

import streamlit as st

from salesmetrics.charts import bars_figure, interval_figure, trend_figure
from salesmetrics.i18n import _
from ui import answers, cards, datasets, frame, shell, voice

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
data = opened.data

st.title(_("Are customers content, and do we gain on the market?"))
if not voice.ready(data):
    st.info(voice.what_it_needs())
    st.stop()

asked = voice.questions(data, on)
found = dict(zip(asked, answers.ask(data, list(asked.values())), strict=True))
cards.rows_of_cards(found["totals"], found["lately"], voice.CARDS, theme, data.tables, back="voice")

if voice.has_voice(data):
    figures = {metric: interval_figure(found["voice"], metric, theme) for metric in voice.VOICE}
    for name in voice.dimensions(data):
        values = [value for value, _rows in datasets.values(data, name)]
        figures[f"csat_by_{name}"] = bars_figure(found[f"csat_by_{name}"], "csat", name, values, theme)
    frame.in_pairs({key: figure for key, figure in figures.items() if not figure.empty}, "voice")
    voice.buying_again(found["totals"])
else:
    st.caption(voice.without_voice())

if voice.has_market(data):
    figures = {"market_share_trend": trend_figure(found["market"], "market_share", theme)}
    for name in voice.market_dimensions(data):
        values = [value for value, _rows in datasets.values(data, name)]
        for metric in voice.MARKET:
            figures[f"{metric}_by_{name}"] = bars_figure(found[f"market_by_{name}"], metric, name, values, theme)
    frame.in_pairs({key: figure for key, figure in figures.items() if not figure.empty}, "voice")
    voice.against_the_market(found["totals"])
else:
    st.caption(voice.without_market())
