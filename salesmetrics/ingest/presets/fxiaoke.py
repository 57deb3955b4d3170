"""Exports of 纷享销客 (Fxiaoke).

Sources: the default objects and fields of 纷享销客 (商机2.0, 销售线索, 客户, 联系人, 人员, 销售记录) from general
knowledge of the product; not met in a file.
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset

_SYSTEM = ("创建人", "最后修改人", "最后修改时间", "生命状态", "业务类型", "锁定状态", "外部负责人", "外部来源",
           "归属部门", "相关团队", "最后跟进时间", "备注")  # fmt: skip

FXIAOKE: tuple[Preset, ...] = (
    Preset(
        "纷享销客", _("deals"), "opportunities",
        (("商机名称", "生命状态"), ("商机名称", "负责人主属部门"), ("商机名称", "销售流程"), ("商机名称", "商机2.0阶段")),
        {
            "opportunity_id": ("商机编号", "商机编码", "数据ID", "商机ID"), "deal_name": ("商机名称",),
            "customer_name": ("客户名称", "客户"), "amount": ("商机金额", "预计成交金额", "商机总金额"),
            "currency": ("币种",), "expected_close_date": ("预计成交日期",), "created_date": ("创建时间",),
            "closed_date": ("实际成交日期", "结单日期", "赢单日期"), "stage": ("商机阶段", "销售阶段", "阶段"),
            "status": ("阶段状态", "商机状态"), "probability": ("赢率",), "rep_name": ("负责人",),
            "team": ("负责人主属部门",), "lead_source": ("商机来源", "来源"), "loss_reason": ("输单原因", "输单类型"),
            "competitor": ("竞争对手",),
        },
        ("销售流程", "来源线索", "阶段变更时间", "预测类型", *_SYSTEM),
    ),
    Preset(
        "纷享销客", _("leads"), "leads",
        (("线索池", "线索来源"), ("线索池", "负责人"), ("销售线索编号",), ("线索编号", "生命状态")),
        {
            "lead_id": ("线索编号", "销售线索编号", "数据ID"), "customer_name": ("公司", "公司名称", "企业名称"),
            "lead_source": ("线索来源", "来源"), "status": ("线索状态", "跟进状态", "状态"),
            "rep_name": ("负责人",), "created_at": ("创建时间",), "converted_at": ("转换时间", "转化时间"),
            "first_response_at": ("首次跟进时间",),
        },
        ("线索池", "姓名", "电话", "手机", "邮件", "职务", "部门", "分配时间", "领取时间", "市场活动", "无效原因",
         "退回原因", *_SYSTEM),
    ),
    Preset(
        "纷享销客", _("accounts"), "customers",
        (("客户名称", "公海"), ("客户名称", "成交状态", "生命状态"), ("客户名称", "负责人主属部门", "客户级别"),
         ("客户名称", "所属公海")),
        {
            "customer_id": ("客户编号", "数据ID"), "name": ("客户名称",), "rep_name": ("负责人",),
            "segment": ("客户级别", "客户类型"), "industry": ("行业", "1级行业", "所属行业"), "city": ("市", "城市"),
            "first_seen": ("创建时间",), "region": ("所属区域", "大区"),
        },
        ("公海", "所属公海", "成交状态", "国家", "省", "区", "详细地址", "客户来源", "上级客户", "跟进状态",
         "负责人主属部门", "最后成交时间", *_SYSTEM),
    ),
    Preset(
        "纷享销客", _("users"), "reps",
        (("主属部门", "汇报对象"), ("姓名", "主属部门", "入职日期"), ("员工编号", "主属部门")),
        {
            "rep_id": ("员工编号", "工号", "人员ID"), "name": ("姓名",), "team": ("主属部门",),
            "manager": ("汇报对象",), "hire_date": ("入职日期",), "region": ("所属区域", "大区"),
        },
        ("昵称", "手机", "邮箱", "职务", "附属部门", "状态", "性别"),
    ),
    Preset(
        "纷享销客", _("activities"), "activities",
        (("销售记录类型", "创建人"), ("销售记录内容",), ("跟进类型", "跟进内容", "生命状态")),
        {
            "rep_name": ("负责人", "发布人", "创建人"), "at": ("跟进时间", "发布时间", "创建时间"),
            "type": ("销售记录类型", "跟进类型", "跟进方式"), "customer_name": ("关联客户", "客户名称"),
            "opportunity_id": ("关联商机", "商机名称"),
        },
        ("销售记录内容", "跟进内容", "下次跟进时间", *(name for name in _SYSTEM if name != "创建人")),
    ),
)  # fmt: skip
"""What 纷享销客 exports."""
