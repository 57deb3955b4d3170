"""Exports of 悟空 CRM (WukongCRM).

Sources: the default fields of its modules (商机, 线索, 客户, 联系人, 跟进记录, 员工) from general knowledge of the
open-source edition; not met in a file.
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset

_SYSTEM = ("创建人", "更新时间", "最后跟进时间", "最后跟进记录", "下次联系时间", "下次跟进时间", "备注", "所属团队",
           "相关团队", "未联系天数", "锁定状态")  # fmt: skip

WUKONG: tuple[Preset, ...] = (
    Preset(
        "悟空 CRM", _("deals"), "opportunities",
        (("商机名称", "商机状态组"), ("商机名称", "商机阶段", "下次联系时间"), ("商机名称", "整单折扣"),
         ("商机名称", "商机金额", "商机阶段")),
        {
            "opportunity_id": ("商机编号", "商机ID"), "deal_name": ("商机名称",), "customer_name": ("客户名称",),
            "amount": ("商机金额",), "expected_close_date": ("预计成交日期", "预计成交时间"),
            "created_date": ("创建时间",), "stage": ("商机阶段",), "status": ("商机状态",), "probability": ("赢单率",),
            "rep_name": ("负责人",), "team": ("所属部门",), "loss_reason": ("输单原因",), "lead_source": ("商机来源",),
        },
        ("商机状态组", "整单折扣", "产品总金额", "获取客户时间", "首要联系人", *_SYSTEM),
    ),
    Preset(
        "悟空 CRM", _("leads"), "leads",
        (("线索名称", "下次联系时间"), ("线索名称", "线索来源", "客户行业"), ("线索名称", "是否转化")),
        {
            "lead_id": ("线索编号", "线索ID"), "customer_name": ("公司名称", "公司", "线索名称"),
            "lead_source": ("线索来源",), "rep_name": ("负责人",), "created_at": ("创建时间",),
            "is_converted": ("是否转化",), "status": ("线索状态",),
        },
        ("手机", "电话", "邮箱", "地址", "客户行业", "客户级别", *_SYSTEM),
    ),
    Preset(
        "悟空 CRM", _("accounts"), "customers",
        (("客户名称", "下次联系时间", "客户级别"), ("客户名称", "距进入公海天数"), ("客户名称", "成交状态", "客户来源")),
        {
            "customer_id": ("客户编号", "客户ID"), "name": ("客户名称",), "rep_name": ("负责人",),
            "segment": ("客户级别",), "industry": ("客户行业",), "first_seen": ("创建时间",), "city": ("市", "城市"),
        },
        ("客户来源", "成交状态", "手机", "电话", "网址", "距进入公海天数", "省、市、区/县", "详细地址", "首要联系人",
         *_SYSTEM),
    ),
    Preset(
        "悟空 CRM", _("contacts"), "leads",
        (("姓名", "客户名称", "是否关键决策人"),),
        {
            "lead_id": ("联系人编号",), "customer_name": ("客户名称",), "rep_name": ("负责人",),
            "created_at": ("创建时间",), "lead_source": ("客户来源", "来源"),
        },
        ("姓名", "手机", "电话", "邮箱", "职务", "是否关键决策人", "性别", *_SYSTEM),
    ),
    Preset(
        "悟空 CRM", _("activities"), "activities",
        (("跟进方式", "跟进内容", "下次联系时间"), ("记录类型", "跟进内容", "创建人"), ("跟进类型", "跟进内容", "所属客户")),
        {
            "rep_name": ("跟进人", "负责人", "创建人"), "at": ("跟进时间", "创建时间"),
            "type": ("跟进方式", "记录类型", "跟进类型"), "customer_name": ("所属客户", "客户名称", "相关客户"),
            "opportunity_id": ("相关商机",),
        },
        ("跟进内容", *(name for name in _SYSTEM if name != "创建人")),
    ),
    Preset(
        "悟空 CRM", _("users"), "reps",
        (("姓名", "直属上级", "角色"), ("姓名", "部门", "登录名"), ("姓名", "手机号(登录名)", "部门")),
        {
            "rep_id": ("工号", "员工编号", "手机号(登录名)", "登录名"), "name": ("姓名",), "team": ("部门",),
            "manager": ("直属上级",), "hire_date": ("入职日期", "入职时间"),
        },
        ("角色", "性别", "邮箱", "岗位", "状态"),
    ),
)  # fmt: skip
"""What 悟空 CRM exports."""
