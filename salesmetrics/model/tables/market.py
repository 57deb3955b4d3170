"""What surrounds the sale: spend, what customers say, how large the market is."""

from __future__ import annotations

from salesmetrics.model.tables import shared
from salesmetrics.model.tables.schema import DATE, MONEY, NUMBER, TEXT, Column, Table
from salesmetrics.model.tables.team import PERIOD_END, PERIOD_START, WHOLE_PERIOD

SPEND = Table(
    "spend",
    "what marketing and sales cost, one row a booking",
    (
        Column("date", DATE, "when it was booked", required=True,
               synonyms=("date", "spend date", "expense date", "booking date", "cost date", "day", "month",
                         "campaign date",
                         "日期", "费用日期", "支出日期", "投放日期", "月份", "发生日期", "花费日期")),
        Column("amount", MONEY, "what was spent", required=True,
               synonyms=("spend", "spend amount", "ad spend", "amount spent", "expense", "expense amount",
                         "media spend",
                         "marketing spend", "total spend", "marketing cost", "budget spent", "campaign cost",
                         "费用", "花费", "支出", "投放费用", "广告费", "营销费用", "费用金额", "支出金额",
                         "推广费用", "市场费用", "消耗"),
               hints=("amount", "cost", "金额", "成本")),
        Column("kind", TEXT, "marketing or sales", required=True, options=("marketing", "sales"),
               synonyms=("kind", "spend type", "expense type", "cost type", "spend kind", "spend category",
                         "费用类型", "支出类型", "费用类别", "费用性质"), hints=("type", "category", "类型",
                                                                 "类别")),
        Column("lead_source", TEXT, "the lead source it paid for", synonyms=(*shared.LEAD_SOURCE, "source")),
        Column("channel", TEXT, "the sales channel it paid for", synonyms=shared.CHANNEL),
        Column("region", TEXT, "the region it was spent in", synonyms=shared.REGION),
        Column("campaign", TEXT, "the campaign",
               synonyms=("campaign", "campaign name", "ad campaign", "campaign title", "活动", "活动名称",
                         "推广活动", "广告系列",
                         "推广计划", "营销活动")),
    ),
    events=("date",),
    synonyms=("spend", "marketing spend", "expenses", "costs", "ad spend", "marketing", "费用", "营销费用",
              "投放", "花费",
              "支出", "市场费用"),
    words=("spend", "费用"),
    ingredients=(shared.CURRENCY_COLUMN,),
    needs=(("date",), ("amount",)),
)  # fmt: skip

FEEDBACK = Table(
    "feedback",
    "what customers said, one row an answer",
    (
        Column("customer_id", TEXT, "who answered", required=True, synonyms=(*shared.CUSTOMER_ID, "respondent id"),
               hints=("respondent", "email")),
        Column("date", DATE, "when", required=True,
               synonyms=("date", "survey date", "response date", "answered on", "answer date", "submitted at",
                         "submitted on", "feedback date", "日期", "调查日期", "评价日期", "反馈日期", "评价时间",
                         "反馈时间", "提交时间"),
               hints=("created at", "timestamp", "时间")),
        Column("score", NUMBER, "the score given", required=True,
               synonyms=("score", "survey score", "satisfaction score", "satisfaction", "feedback score",
                         "评分", "满意度评分", "得分", "打分", "分数", "评价分数"), hints=("rating", "stars")),
        Column("kind", TEXT, "csat or nps", required=True, options=("csat", "nps"),
               synonyms=("kind", "survey type", "survey kind", "survey", "question type", "调查类型", "问卷类型",
                         "反馈类型"),
               hints=("type", "类型")),
        Column("scale_min", NUMBER, "lowest score possible",
               synonyms=("scale min", "min score", "minimum score", "最低分", "最小分值")),
        Column("scale_max", NUMBER, "highest score possible",
               synonyms=("scale max", "max score", "maximum score", "out of", "最高分", "满分", "最大分值")),
    ),
    events=("date",),
    synonyms=("feedback", "survey", "surveys", "csat", "nps", "satisfaction", "反馈", "满意度", "调查", "评价",
              "客户反馈"),
    words=("feedback", "survey"),
    ingredients=(
        shared.CUSTOMER_NAME_COLUMN,
        Column("nps_score", NUMBER, "an answer to the NPS question",
               synonyms=("nps", "nps score", "net promoter score", "净推荐值", "推荐值", "nps评分", "推荐意愿")),
        Column("csat_score", NUMBER, "an answer to the satisfaction question",
               synonyms=("csat", "csat score", "customer satisfaction", "customer satisfaction score", "满意度",
                         "客户满意度",
                         "csat评分")),
    ),
    needs=(("customer_id", "customer_name"), ("date",), ("score", "nps_score", "csat_score")),
)  # fmt: skip

MARKET_SIZE = Table(
    "market_size",
    "how large the market was, one row a period, region and product",
    (
        Column("period_start", DATE, "first day of the period", required=True, synonyms=PERIOD_START),
        Column("period_end", DATE, "last day of the period, inclusive", required=True, synonyms=PERIOD_END),
        Column("amount", MONEY, "total sales in the market", required=True,
               synonyms=("market size", "market sales", "market value", "total market", "market revenue",
                         "market amount",
                         "total market sales", "industry sales", "市场规模", "市场总额", "市场销售额",
                         "行业销售额", "市场容量", "行业规模"),
               hints=("amount", "value", "金额")),
        Column("region", TEXT, "the region; blank is all", synonyms=shared.REGION),
        Column("product", TEXT, "the product; blank is all", synonyms=shared.PRODUCT),
    ),
    synonyms=("market size", "market", "industry", "市场规模", "市场"),
    words=("market", "市场"),
    ingredients=(WHOLE_PERIOD, shared.CURRENCY_COLUMN),
    needs=(("amount",), ("period_start+period_end", "period")),
)  # fmt: skip
