"""Models and lists that people keep: what the catalogue's arithmetic on measures cannot tell, each declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.metric import Better, Unit

_MONEY_DIMENSIONS = ("region", "product", "category", "channel", "segment", "rep", "team", "manager", "tenure")
_DRIVER_DIMENSIONS = (*_MONEY_DIMENSIONS, "lead_source")
_REP_DIMENSIONS = ("region", "rep", "team", "manager", "tenure")


@dataclass(frozen=True)
class Model:
    """One entry beside the catalogue: a number that a model gives, or that is counted from what people keep.

    `inputs` are the canonical columns (`table.column`, one of several as `a|b`) without which it cannot be had;
    texts are translated where they are shown.
    """

    id: str
    title: str
    title_zh: str
    unit: Unit
    better: Better
    tells: str
    formula_text: str
    source: str
    placed_by: str
    inputs: tuple[str, ...]
    dimensions: tuple[str, ...]
    traps: str = ""


_SOLD = ("orders.order_date", "orders.amount")

_MODELS = (
    Model(
        "clv_predictive", _("Expected customer value"), "预测客户终身价值", Unit.MONEY, Better.HIGHER,
        _("What a customer is likely to bring from now on, over the months that you set."),
        _("sum over the months ahead of expected purchases (BG/NBD) × expected value of one (gamma-gamma), discounted"),
        "S0 S2", _("last day of the data"), ("orders.customer_id", *_SOLD), ("customer",),
        _("Purchases so far and first orders are not in it. It steps back where too few customers came back, or where "
          "each customer's rate so far did better in the test on the last quarter of the history."),
    ),
    Model(
        "forecast", _("Forecast"), "销售预测", Unit.MONEY, Better.NEITHER,
        _("How much revenue the next months will bring if things go on as they did, and how far that may be off."),
        _("mean of five candidates (seasonal naive, drift, damped trend, Theta, Holt-Winters), each weighed by 1 / its mean "
          "error in the backtest⁴, drawn towards the seasonal naive where it was not clearly better; its interval from "
          "the errors made there"),
        "S1 S2", _("month of the order date"), _SOLD, ("region", "product", "rep"),
        _("Only whole months count, six at least. Where nothing beats the naive one, the naive one is shown and said. The "
          "whole is the sum of its regions, and products and reps are fitted to it, so that parts always sum."),
    ),
    Model(
        "forecast_mase", _("Forecast error against naive"), "预测误差(MASE)", Unit.TIMES, Better.LOWER,
        _("Whether the forecast errs less than taking the same month of last year again; below 1 it does."),
        _("mean absolute error in months not seen / mean absolute change over a season in the months before"),
        "S1 S2", _("month of the order date"), _SOLD, ("region", "product", "rep"),
    ),
    Model(
        "forecast_wape", _("Forecast error"), "加权绝对百分比误差", Unit.PERCENT, Better.LOWER,
        _("How far the forecast was off in months that it had not seen, as a share of what was sold."),
        _("sum of absolute errors / sum of actual revenue, in months not seen"),
        "S1 S2", _("month of the order date"), _SOLD, ("region", "product", "rep"),
    ),
    Model(
        "interval_coverage", _("Interval coverage"), "区间覆盖率", Unit.PERCENT, Better.NEITHER,
        _("How often the actual came to lie inside the forecast's interval; an 80 % one should hold four of five."),
        _("months not seen whose actual lies inside the interval / months not seen"),
        "S1 S2", _("month of the order date"), _SOLD, ("region", "product", "rep"),
        _("Of ten months, eight are expected, but six or ten would be no surprise."),
    ),
    Model(
        "forecast_bias", _("Forecast bias"), "预测偏差", Unit.PERCENT, Better.NEITHER,
        _("Whether the forecast tends to lie too high (above 0) or too low."),
        _("sum of (forecast − actual) / sum of actual revenue, in months not seen"),
        "S1 S2", _("month of the order date"), _SOLD, ("region", "product", "rep"),
    ),
    Model(
        "suggested_target", _("Suggested target"), "建议目标", Unit.MONEY, Better.NEITHER,
        _("A target that the forecast supports, split over reps or regions so that the parts sum to it."),
        _("the forecast's median × (1 + ambition), at most its 90 % point; split by half the share of the last 12 "
          "months and half that of the weighted open pipeline, × ramp"),
        "S1 S3", _("months ahead"), _SOLD, ("region", "rep"),
        _("Shown with the growth that it means and the share of reps who would have made it last year."),
    ),
    Model(
        "target_review_flag", _("Target to review"), "目标调整提示", Unit.COUNT, Better.LOWER,
        _("Which targets are so far from what is coming that they should be looked at again."),
        _("past half the period: pace under 80 % or over 120 %; or the forecast's 90 % point below the target, or its "
          "10 % point above it"),
        "S1 S3", _("period of the quota"), ("quotas.amount", *_SOLD), ("region", "rep"),
        _("How much of the period has passed is told by the season, not by days."),
    ),
    Model(
        "incentive_payout", _("Incentive payout"), "激励/提成", Unit.MONEY, Better.NEITHER,
        _("What each rep earns under the plan that you set, and what that costs of revenue."),
        _("sum over the tiers of rate × revenue within the tier, + bonus per net unit of a product, + milestones"),
        "S1 S3", _("order date"), ("orders.rep_id", "quotas.amount", *_SOLD), _REP_DIMENSIONS,
        _("A rate holds for the revenue within its tier only, unless the plan says that it reaches back. Returns "
          "count on their day."),
    ),
    Model(
        "driver_decomposition", _("What moved it"), "指标诊断(驱动分解)", Unit.MONEY, Better.NEITHER,
        _("How much of a change comes from each factor that a number is the product of."),
        _("LMDI: L(after, before) × ln(factor after / factor before); Shapley values where a factor is 0 or missing"),
        "S2 S1 S3", _("order date"), _SOLD, _DRIVER_DIMENSIONS,
        _("The parts always sum to the change. They tell where it came from, not why."),
    ),
    Model(
        "mix_rate_split", _("Mix and rate"), "结构/效率拆分", Unit.PERCENT, Better.NEITHER,
        _("Whether a ratio moved because its parts got better, or because the weight of the parts shifted."),
        _("rate: mean weight × change of the ratio; mix: change of the weight × (mean ratio − mean total)"),
        "S2 S3", _("as its metric"), (), _DRIVER_DIMENSIONS,
        _("Every part can get better while the total gets worse: then the mix did it."),
    ),
    Model(
        "alerts", _("Alerts"), "预警", Unit.COUNT, Better.LOWER,
        _("Which numbers left the range that they usually keep, or crossed a limit that you set."),
        _("last whole period outside the forecast's 95 % interval, or its residual further than 3 × 1.4826 × MAD from "
          "the median residual"),
        "S1 S2", _("last whole month"), _SOLD, ("region", "product"),
        _("Needs twelve whole months. An alert says that something is unusual, not that it is bad."),
    ),
    Model(
        "kpi_status", _("KPI status"), "KPI状态", Unit.PERCENT, Better.HIGHER,
        _("Whether a number with an objective, a target, a period and an owner is where it should be by now."),
        _("value / target paced to the day (target / value where lower is better): on track from 100 %, at risk from "
          "90 %, else off"),
        "S1 S2 S3", _("period of the KPI"), (), (),
        _("Ratios are not paced: they should hold all the time. A number without an objective is no KPI."),
    ),
    Model(
        "review_on_time_rate", _("Reviews held on time"), "定期审查执行率", Unit.PERCENT, Better.HIGHER,
        _("Whether the regular reviews take place when they should."),
        _("reviews held at most 3 days after their day / reviews due"),
        "S0 S1", _("day of the review"), (), (),
        _("A review is due once its 3 days are over."),
    ),
    Model(
        "action_close_rate", _("Actions done"), "行动完成率", Unit.PERCENT, Better.HIGHER,
        _("Whether what is decided in reviews gets done."),
        _("actions done / actions open or done"),
        "S0 S1", _("day of the review"), (), (),
    ),
)  # fmt: skip

MODELS: Mapping[str, Model] = MappingProxyType({model.id: model for model in _MODELS})
"""Every model by id."""
