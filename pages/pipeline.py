"""What will close, where does it get stuck?"""

import streamlit as st

from salesmetrics.charts import bars_figure, funnel_figure, lines_figure, stages_figure, trend_figure
from salesmetrics.i18n import _
from ui import answers, cards, datasets, frame, pipeline, shell, waterfall

opened, on, theme = datasets.current(), shell.selection(), shell.theme()
data = opened.data

st.title(_("What will close, where does it get stuck?"))
if not pipeline.ready(data):
    st.info(pipeline.what_it_needs())
    st.stop()

offered = pipeline.dimensions_of(data)
by = pipeline.cut_by(offered)
totals, lately, stages, over_time, funnel, lost, *cut = answers.ask(data, pipeline.questions(on, by))

if pipeline.worth_shown(totals):
    cards.rows_of_cards(totals, lately, pipeline.WORTH, theme, data.tables, back="pipeline")
st.markdown(_("**Four levers of what deals bring:** how many are open, how large, how often won, how fast"))
cards.rows_of_cards(totals, lately, pipeline.LEVERS, theme, data.tables, back="pipeline")
cards.rows_of_cards(totals, lately, pipeline.ACT_ON, theme, data.tables, across=3, back="pipeline")

left, right = (column.container() for column in st.columns(2))
with left:
    frame.draw(funnel_figure(funnel, theme, data.tables), "funnel", "pipeline")
    frame.draw(stages_figure(stages, theme), "stages", "pipeline")
    frame.draw(lines_figure(over_time, ("win_rate", "win_rate_value"), theme), "win_rates", "pipeline")
    frame.draw(trend_figure(over_time, "sales_cycle_length", theme), "cycle", "pipeline")
with right:
    pipeline.overdue_list(data, on)
    pipeline.why_lost(data, lost, theme)
    if by:
        pipeline.choose_cut(offered, by)
        values = [value for value, _rows in datasets.values(data, by)]
        frame.draw(bars_figure(cut[0], "win_rate", by, values, theme), f"win_rate_by_{by}", "pipeline")

waterfall.draw(opened, on.settings.conventions, theme)
