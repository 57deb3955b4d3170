"""What people decide in the app: objectives, reviews, incentive plans."""

from __future__ import annotations

from salesmetrics.model.tables.schema import DATE, MONEY, NUMBER, TEXT, Column, Table

KPIS = Table(
    "kpis",
    "metrics with an objective, made in the app",
    (
        Column("metric_id", TEXT, "the metric", required=True, synonyms=("metric", "kpi", "指标编号")),
        Column("objective", TEXT, "what it serves", required=True, synonyms=("goal", "purpose", "目的")),
        Column("target", NUMBER, "the value to reach", required=True, synonyms=("target value", "目标值")),
        Column("period", TEXT, "the period it is for", required=True, synonyms=("for period", "期间")),
        Column("owner", TEXT, "who answers for it", required=True, synonyms=("responsible", "负责人")),
    ),
)

REVIEWS = Table(
    "reviews",
    "sales reviews planned and held, made in the app",
    (
        Column("scheduled_on", DATE, "when it was planned", required=True, synonyms=("planned on", "计划日期")),
        Column("held_on", DATE, "when it was held", synonyms=("review held", "实际日期")),
        Column("period", TEXT, "the period reviewed", synonyms=("reviewed period", "期间")),
        Column("actions_open", NUMBER, "actions still open", synonyms=("open actions", "未完成事项")),
        Column("actions_done", NUMBER, "actions done", synonyms=("closed actions", "已完成事项")),
    ),
    events=("held_on",),
)

INCENTIVE_PLANS = Table(
    "incentive_plans",
    "how reps are paid for results, made in the app",
    (
        Column(
            "tier_from",
            NUMBER,
            "attainment from which the tier's rate applies",
            synonyms=("tier start", "档位下限"),
        ),
        Column("tier_to", NUMBER, "attainment up to which it applies", synonyms=("tier end", "档位上限")),
        Column("rate", NUMBER, "share of revenue paid", synonyms=("commission rate", "提成比例")),
        Column("product", TEXT, "product with a bonus of its own", synonyms=("bonus product", "奖励产品")),
        Column("bonus_per_unit", MONEY, "bonus a net unit of that product", synonyms=("unit bonus", "单件奖金")),
        Column("milestone", MONEY, "sum paid once", synonyms=("milestone bonus", "里程碑奖金")),
    ),
    needs=(("tier_from",), ("rate",)),
)
