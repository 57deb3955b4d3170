"""Words for a fixed choice (open, won, lost ...) in English and Chinese, folded to the declared options."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from salesmetrics.ingest.fold import fold

_WORDS: Mapping[str, Mapping[str, str]] = {
    "opportunities.status": {
        "open": "open; active; in progress; ongoing; pending; working; new; 进行中; 跟进中; 打开; "
        "未结束; 未关闭; 进行; 开启; 活跃; 在跟; 跟进",
        "won": "won; win; closed won; close won; closedwon; deal won; signed; success; successful; "
        "sold; 赢单; 赢; 成交; 已成交; 成单; 已赢单; 成功; 赢单关闭; 已签约; 签约; 签单; "
        "已签单; 中标; 赢得; 关闭赢单; 已赢; 成功关闭; 成交客户; 赢单成交",
        "lost": "lost; lose; closed lost; close lost; closedlost; deal lost; loss; failed; rejected; "
        "abandoned; dead; 输单; 输; 丢单; 失败; 已输单; 战败; 流失; 已流失; 已丢单; 败单; "
        "关闭丢单; 输单关闭; 未成交; 失单; 未中标; 放弃; 已失败; 失败关闭; 关闭输单",
    },
    "leads.status": {
        "open": "open; new; working; contacted; nurturing; in progress; attempted to contact; "
        "connected; open deal; assigned; qualified; not contacted; open not contacted; "
        "working contacted; 新; 新建; 未联系; 跟进中; 已联系; 进行中; 待跟进; 未处理; "
        "新线索; 已分配; 待处理; 合格; 有效",
        "disqualified": "disqualified; unqualified; junk; lost; dead; not qualified; bad timing; "
        "closed not converted; rejected; recycled; invalid; spam; 无效; 不合格; 已关闭; "
        "无意向; 垃圾; 流失; 丢弃; 关闭; 已流失; 未转化; 无效线索",
        "converted": "converted; won; customer; closed converted; qualified converted; 已转化; 已转换; "
        "转化; 成交; 已成交; 转客户; 已转客户; 赢单",
    },
    "quotas.scope": {
        "company": "company; all; total; global; overall; organization; 公司; 全公司; 整体; 总体; 全部; 集团",
        "rep": "rep; sales rep; salesperson; individual; person; employee; owner; user; 销售员; "
        "个人; 员工; 业务员; 销售代表; 人员; 销售",
        "region": "region; territory; area; 地区; 区域; 大区; 片区",
        "product": "product; item; sku; 产品; 商品; 品类",
        "team": "team; group; department; 团队; 小组; 部门",
    },
    "quotas.measure": {
        "revenue": "revenue; sales; amount; money; value; turnover; 销售额; 金额; 收入; 业绩; 营收; 销售金额",
        "units": "units; quantity; qty; volume; pieces; 数量; 销量; 件数; 台数; 销售量",
    },
    "spend.kind": {
        "marketing": "marketing; advertising; ads; ad; media; campaign; promotion; 市场; 营销; 广告; "
        "推广; 市场费用; 营销费用; 投放; 市场营销",
        "sales": "sales; selling; sales team; commission; travel; 销售; 销售费用; 差旅; 提成",
    },
    "feedback.kind": {
        "csat": "csat; customer satisfaction; satisfaction; 满意度; 客户满意度; 服务满意度",
        "nps": "nps; net promoter score; net promoter; recommendation; 净推荐值; 推荐值; 推荐; 推荐意愿",
    },
    "activities.type": {
        "call": "call; phone; phone call; telephone; cold call; 电话; 通话; 电话沟通; 打电话; "
        "电话拜访; 去电; 来电",
        "email": "email; e-mail; mail; 邮件; 电子邮件; 发邮件",
        "meeting": "meeting; visit; demo; on site; onsite; presentation; 会议; 拜访; 面谈; 上门拜访; "
        "会面; 演示; 上门; 线下拜访",
        "service": "service; support; after sales; 服务; 售后; 客服; 支持",
        "auto": "auto; automatic; automated; system; 自动; 系统; 系统自动",
    },
    "activities.direction": {
        "in": "in; inbound; incoming; received; from customer; 呼入; 来电; 入; 接收; 客户来访; 收到; 来访",
        "out": "out; outbound; outgoing; sent; to customer; made; 呼出; 去电; 出; 发出; 外呼; 拜访; 发送",
    },
}

OPTION_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        column: MappingProxyType(
            {fold(word): option for option, words in options.items() for word in words.split(";")}
        )
        for column, options in _WORDS.items()
    }
)
"""For each column with a fixed choice (as "table.column"): folded word -> option."""


def option_of(column: str, value: str) -> str | None:
    """Give the declared option that `value` means in `column` ("table.column"), or None when it is none of them.

    >>> option_of("opportunities.status", "Closed Won"), option_of("opportunities.status", "赢单")
    ('won', 'won')
    >>> option_of("leads.status", "?") is None
    True
    """
    return OPTION_WORDS[column].get(fold(value))


def deal_status(stage: str) -> str:
    """Give the status that a stage name says: won, lost, and open for everything else.

    >>> deal_status("Closed Won"), deal_status("6 - Closed Lost"), deal_status("Negotiation")
    ('won', 'lost', 'open')
    """
    words = OPTION_WORDS["opportunities.status"]
    folded = fold(stage)
    bare = folded.lstrip("0123456789")
    if bare in words:
        return words[bare]
    for ending in ("closedwon", "closedlost", "赢单", "输单", "丢单"):
        if bare.endswith(ending):
            return words[ending]
    return "open"
