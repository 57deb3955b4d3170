"""Who sells, what they are to reach, and what they learnt: reps, quotas, training."""

from __future__ import annotations

from salesmetrics.model.tables import shared
from salesmetrics.model.tables.schema import DATE, MONEY, NUMBER, TEXT, Column, Table

REPS = Table(
    "reps",
    "the sales team, one row a rep",
    (
        Column("rep_id", TEXT, "identifies the rep", required=True, synonyms=(*shared.REP_ID, "user id"),
               hints=("id", "编号",
                                                                                                   "email")),
        Column("name", TEXT, "rep's name", synonyms=(*shared.REP_NAME, "full name", "user full name"),
               hints=("name", "姓名", "名字", "user name")),
        Column("region", TEXT, "rep's sales region, never a home address",
               synonyms=(*shared.REGION, "office", "sales office", "branch", "办事处", "分公司"),
               hints=("market",)),
        Column("team", TEXT, "rep's team", synonyms=shared.TEAM),
        Column("manager", TEXT, "rep's manager", synonyms=shared.MANAGER),
        Column("hire_date", DATE, "first day employed", synonyms=shared.HIRE_DATE),
        Column("leave_date", DATE, "last day employed",
               synonyms=("left on", "leave date", "leaving date", "termination date", "terminated on", "end date",
                         "exit date", "last day", "last working day", "date left", "employment end",
                         "resignation date",
                         "离职日期", "离职时间", "离职日", "离开日期", "终止日期", "退职日期")),
        Column("salary", MONEY, "yearly salary",
               synonyms=("annual salary", "base salary", "yearly salary", "salary annual", "base pay",
                         "annual pay",
                         "年薪", "薪资", "工资", "基本年薪", "薪水", "年收入")),
        Column("capacity", NUMBER, "leads and deals the rep can carry at once",
               synonyms=("max leads", "max deals", "workload capacity", "max accounts", "容量", "承载量",
                         "最大线索数", "产能")),
    ),
    key=("rep_id",),
    synonyms=("reps", "sales reps", "sales teams", "sales team", "employees", "roster", "team", "staff", "people",
              "owners", "users", "salespeople", "销售员", "业务员", "员工", "销售团队", "人员", "花名册",
              "员工信息", "销售人员", "员工名册"),
    words=("rep", "employee", "sales rep", "user", "owner", "员工", "销售员"),
    ingredients=(
        Column("first_name", TEXT, "given name",
               synonyms=("first name", "given name", "forename", "employee first name", "名")),
        Column("last_name", TEXT, "family name",
               synonyms=("last name", "surname", "family name", "employee last name", "姓", "姓氏")),
        Column("user_account", TEXT, "the rep's account in the CRM",
               synonyms=("username", "user role id", "profile id", "user type", "active user id", "alias")),
        shared.REGION_ID_COLUMN,
        shared.TERRITORY_ID_COLUMN,
        shared.CURRENCY_COLUMN,
    ),
    needs=(("rep_id", "name", "first_name+last_name"),),
)  # fmt: skip

PERIOD_START = ("period start", "start date", "start", "from", "period from", "valid from", "begin date",
                "date from",
                "期间开始", "开始日期", "起始日期", "开始时间", "周期开始")  # fmt: skip
PERIOD_END = ("period end", "end date", "end", "to", "until", "period to", "valid to", "date to",
              "期间结束", "结束日期", "截止日期", "结束时间", "周期结束")  # fmt: skip
WHOLE_PERIOD = Column(
    "period", TEXT, "a month, quarter or year, from which first and last day follow",
    synonyms=("month", "quarter", "period", "year", "fiscal period", "year month", "fiscal quarter",
              "target period",
              "quota period", "月份", "月", "季度", "期间", "年月", "年度", "年份", "周期", "考核周期"),
)  # fmt: skip

QUOTAS = Table(
    "quotas",
    "what was to be reached, one row a scope and period",
    (
        Column(
            "scope", TEXT, "whose quota it is", required=True,
            options=("company", "rep", "region", "product", "team"),
            synonyms=("scope", "quota level", "target level", "level", "quota for", "quota scope", "范围", "层级",
                      "指标层级",
                      "目标层级", "对象类型"),
        ),
        Column("scope_id", TEXT, "which rep, region, product or team", required=True,
               synonyms=("scope id", "scope name", "quota owner", "target owner", "对象", "考核对象", "目标对象")),
        Column("period_start", DATE, "first day of the period", required=True, synonyms=PERIOD_START),
        Column("period_end", DATE, "last day of the period, inclusive", required=True, synonyms=PERIOD_END),
        Column(
            "amount", MONEY, "the quota", required=True,
            synonyms=("quota", "quota amount", "target", "target amount", "sales target", "sales quota", "goal",
                      "revenue target", "target revenue", "quota value", "target value", "plan", "sales goal",
                      "指标", "目标", "销售目标", "销售指标", "配额", "任务", "目标金额", "目标额", "业绩目标",
                      "任务额", "指标金额", "销售任务"),
            hints=("amount", "value", "金额"),
        ),
        Column("measure", TEXT, "what is counted: revenue or units", options=("revenue", "units"),
               synonyms=("measure", "metric", "quota type", "target type", "unit of measure", "指标类型",
                         "目标类型", "考核指标")),
    ),
    synonyms=("quotas", "quota", "targets", "target", "goals", "sales targets", "budget", "指标", "目标",
              "销售目标", "配额",
              "任务"),
    words=("quota", "target", "目标"),
    ingredients=(
        WHOLE_PERIOD,
        Column("rep", TEXT, "the rep whose quota it is", synonyms=(*shared.REP_ID, *shared.REP_NAME)),
        Column("region", TEXT, "the region whose quota it is", synonyms=shared.REGION),
        Column("product", TEXT, "the product whose quota it is", synonyms=shared.PRODUCT),
        Column("team", TEXT, "the team whose quota it is", synonyms=shared.TEAM),
        shared.CURRENCY_COLUMN,
    ),
    needs=(("amount",), ("period_start+period_end", "period")),
)  # fmt: skip

TRAINING = Table(
    "training",
    "what training reps had, one row a session",
    (
        Column("rep_id", TEXT, "who was trained", required=True, synonyms=shared.REP_ID),
        Column("date", DATE, "when", required=True,
               synonyms=("training date", "session date", "course date", "attended on", "completion date",
                         "completed on", "date", "培训日期", "培训时间", "日期", "上课日期")),
        Column("hours", NUMBER, "for how long", required=True,
               synonyms=("hours", "training hours", "duration hours", "hours attended", "course hours", "hrs",
                         "学时", "培训时长", "培训小时", "课时", "小时数", "培训学时")),
        Column("topic", TEXT, "in what",
               synonyms=("topic", "course", "course name", "training topic", "subject", "training", "module",
                         "program",
                         "课程", "培训主题", "课程名称", "培训课程", "主题", "培训内容")),
    ),
    events=("date",),
    synonyms=("training", "trainings", "courses", "培训", "培训记录"),
    words=("training", "培训"),
    ingredients=(Column("rep_name", TEXT, "the rep's name; stands for the id where there is none",
                        synonyms=(*shared.REP_NAME, "trainee", "participant", "attendee", "学员", "参训人")),),
    needs=(("rep_id", "rep_name"), ("date",), ("hours",)),
)  # fmt: skip
