"""Headers that mean the same in every table: who sold, who bought, what, where and from which source."""

from __future__ import annotations

from salesmetrics.model.tables.schema import DATE, MONEY, TEXT, Column

REP_ID = (
    "rep id", "sales rep id", "salesrep id", "representative id", "salesperson id", "sales person id",
    "seller code",
    "salesman id", "agent id", "sales agent id", "owner id", "deal owner id", "opportunity owner id",
    "employee id",
    "employee number", "employee no", "sales rep employee number", "salesrep employee number", "sales rep no",
    "sales rep number", "rep no", "rep number", "salesperson no", "salesperson number", "salesperson code",
    "support rep id", "sales team id", "seller no", "user key", "owner key", "employee key", "employee code",
    "emp id", "staff id", "sr id", "rep code", "sales rep code",
    "account manager id",
    "assigned to id", "hubspot owner id",
    "销售员编号", "销售员id", "业务员编号", "业务员id", "业务员代码", "员工编号", "员工id", "工号", "员工号",
    "销售编号", "销售代表编号", "负责人id",
    "负责人编号", "人员编号", "经办人编号", "职员编号", "职员代码", "业务员工号", "人员编码",
)  # fmt: skip

REP_NAME = (
    "rep", "rep name", "sales rep", "sales rep name", "salesrep", "sales representative",
    "sales representative name",
    "representative", "salesperson", "salesperson name", "sales person", "salesman", "salesman name",
    "sales agent",
    "sales agent name", "agent", "agent name", "seller", "seller name", "owner", "owner name", "owner full name",
    "deal owner", "deal owner name", "opportunity owner", "opportunity owner name", "lead owner", "account owner",
    "contact owner", "record owner", "account executive", "account manager", "ae", "bdr", "sdr", "assigned to",
    "assigned user", "assignee", "sold by", "sales by", "employee", "employee name", "sales employee",
    "sales employee name", "staff", "staff name", "sales owner", "responsible", "responsible person",
    "销售员", "销售", "销售人员", "销售员姓名", "销售代表", "业务员", "业务员姓名", "业务人员", "业务代表",
    "业务", "负责人", "负责人姓名", "员工", "员工姓名",
    "销售经理人", "客户经理", "销售负责人", "归属人", "所有人", "商机所有人", "商机负责人", "线索负责人",
    "客户负责人", "跟进人", "担当", "销售姓名", "顾问",
    "销售顾问", "经办人", "经手人", "制单人员", "职员", "职员名称", "销售专员", "拥有者", "归属销售", "所属销售",
)  # fmt: skip

CUSTOMER_ID = (
    "customer id", "customer no", "customer number", "customer code", "customer key", "cust id", "cust no",
    "client id",
    "client no", "client number", "client code", "account id", "account no", "account number", "buyer id",
    "user id",
    "member id", "company id", "organization id", "organisation id", "associated company ids", "shopper id",
    "associated company id", "contact id", "bill to customer no", "retailer id", "dealer id", "distributor id",
    "客户编号", "客户id", "客户号", "客户代码", "客户编码", "顾客编号", "顾客id", "会员id", "会员编号", "会员号",
    "买家id", "用户id", "客户代号", "买家会员名", "买家昵称", "买家账号", "下单帐号", "下单账号", "会员账号",
    "会员卡号",
    "购货单位代码", "往来单位编码", "会员编码",
)  # fmt: skip

CUSTOMER_NAME = (
    "customer", "customer name", "customer full name", "client", "client name", "account", "account name", "buyer",
    "buyer name", "company", "company name", "company account", "organization", "organisation",
    "organization name",
    "organisation name", "bill to", "bill to name", "sold to", "sold to name", "sold to party",
    "associated company",
    "business name", "retailer", "retailer name", "dealer", "dealer name", "distributor", "distributor name",
    "客户", "客户名称", "客户名", "客户姓名", "客户全称", "客户简称", "顾客", "顾客姓名", "顾客名称", "买家",
    "买家名称", "会员", "会员名称", "公司", "公司名称",
    "企业名称", "购买方", "购方名称", "购货单位", "客户公司", "关联客户", "会员姓名", "买家姓名", "客户联系人",
    "购买单位", "往来单位", "往来单位名称", "购货单位名称", "客户户名",
    "采购单位", "采购方", "需方", "甲方", "签约客户",
)  # fmt: skip

PRODUCT = (
    "product", "product name", "product title", "product detail", "product full name", "english product name",
    "product description", "item", "item name", "item description",
    "lineitem name", "line item name", "article", "article name", "sku name", "goods", "goods name", "stock item",
    "product service", "product or service", "service", "model", "model name", "product interest", "product model",
    "产品", "产品名称", "产品名", "商品", "商品名称", "商品名", "品名", "货品", "货品名称", "物料名称",
    "物料描述", "货物名称", "存货名称", "产品型号", "意向产品",
    "产品或服务", "项目名称及规格", "商品标题", "宝贝标题", "货物或应税劳务名称", "货物或应税劳务、服务名称",
    "品名规格",
    "商品全名", "料品名称", "物料",
)  # fmt: skip

PRODUCT_ID = (
    "product id", "product code", "product no", "product number", "product key", "product sku", "sku", "sku id",
    "sku code", "item id", "item code", "item no", "item number", "item sku", "lineitem sku", "stock code",
    "article id",
    "article number", "article no", "part number", "part no", "material", "material number", "material code",
    "product 2 id",
    "产品编号", "产品id", "产品编码", "产品代码", "产品货号", "商品编号", "商品id", "商品编码", "商品代码",
    "货号", "物料编号", "物料编码", "物料号", "存货编码",
    "料号", "品号", "款号", "产品长代码", "商家编码", "商品货号", "存货代码", "产品型号编码", "料品编码",
)  # fmt: skip

CATEGORY = (
    "category", "category name", "product category", "product category name", "item category", "product group",
    "product line", "product family", "product type", "item type", "item group", "series", "department name",
    "product series",
    "product class",
    "类别", "产品类别", "产品分类", "商品类别", "商品分类", "品类", "类目", "分类", "产品线", "产品系列", "系列",
    "大类", "产品大类", "商品大类", "物料组",
    "产品类型", "商品类目", "类别名称",
)  # fmt: skip

SUBCATEGORY = (
    "subcategory", "sub category name", "product subcategory", "product sub category", "subclass",
    "子类别", "子类", "小类", "产品小类", "二级分类", "二级类目", "细类", "子分类", "产品子类",
)  # fmt: skip

REGION = (
    "region", "sales region", "region name", "territory region", "sales territory", "territory", "territory name",
    "sales territory key", "sales area", "area", "regional office", "geo", "zone", "sales zone", "market region",
    "sales district",
    "地区", "区域", "大区", "销售区域", "销售地区", "销售大区", "片区", "所属区域", "所属地区", "所属大区",
    "业务区域", "区域名称", "地区名称", "战区", "辖区",
)  # fmt: skip

SEGMENT = (
    "segment", "customer segment", "customer type", "client type", "account type", "customer group",
    "customer class",
    "customer category", "account segment", "market segment", "business segment", "客户类型", "客户细分",
    "客户群", "客户分类",
    "客户级别", "客户等级", "细分", "细分市场", "客户类别", "客户性质", "客群",
)  # fmt: skip

CHANNEL = (
    "channel", "sales channel", "order channel", "channel name", "distribution channel", "channel type",
    "storefront",
    "sales platform", "source channel", "order source", "marketplace", "sales method", "route to market",
    "渠道", "销售渠道", "渠道名称", "订单渠道", "销售平台", "平台", "渠道类型", "分销渠道", "订单来源",
    "来源平台", "电商平台",
    "成交渠道", "下单渠道",
)  # fmt: skip

LEAD_SOURCE = (
    "lead source", "original traffic source", "original source", "lead origin", "source origin", "origin",
    "traffic source", "acquisition source", "acquisition channel", "marketing source", "first touch source",
    "lead channel", "referral source", "utm source", "marketing channel", "opportunity source", "deal source",
    "customer source",
    "线索来源", "来源", "客户来源", "获客渠道", "获客来源", "潜客来源", "来源渠道", "商机来源", "流量来源",
    "线索渠道", "潜在客户来源", "营销渠道", "推广渠道",
)  # fmt: skip

HIRE_DATE = (
    "hire date", "hired on", "date hired", "hired", "hire", "rep hire date", "employee hire date", "start date",
    "employment start", "employment start date", "date of joining", "joining date", "join date", "joined",
    "joined on",
    "date joined", "onboard date", "onboarding date", "rep start date", "sales rep hire date",
    "入职日期", "入职时间", "入职日", "雇佣日期", "聘用日期", "到职日期", "到职日", "到岗日期", "入司日期",
    "进公司日期", "加入日期", "销售员入职日期", "就职日期",
)  # fmt: skip

TEAM = (
    "team", "team name", "sales team", "rep team", "sales group", "sales unit", "department", "division", "squad",
    "团队", "销售团队", "小组", "组别", "部门", "销售部门", "所属团队", "所属部门", "销售组", "业务组", "团队名称",
)  # fmt: skip

MANAGER = (
    "manager", "manager name", "sales manager", "reports to", "supervisor", "team lead", "team leader",
    "line manager",
    "rep manager", "manager id", "lead owner manager", "owner manager", "opportunity owner manager",
    "direct manager",
    "经理", "主管", "上级", "直属上级", "销售经理", "销售主管", "团队负责人", "直接上级", "直属主管", "部门经理",
    "汇报对象", "区域经理", "组长",
)  # fmt: skip

UNIT_PRICE = (
    "unit price", "unit price excl tax", "price", "price each", "price per unit", "selling price", "sale price",
    "sales price",
    "item price",
    "lineitem price", "rate per unit", "unit selling price", "net price",
    "单价", "无税单价", "未税单价", "不含税单价", "销售单价", "售价", "价格", "成交单价", "含税单价", "销售价",
    "京东价", "平台售价", "商品价格", "单品价格", "原币单价", "实际售价", "商品单价", "产品单价",
    "成交价", "实际单价",
)  # fmt: skip

UNIT_COST = (
    "unit cost", "buy price", "buying price", "cost price", "cost per unit", "purchase price", "standard cost",
    "cost each", "product cost",
    "单位成本", "成本价", "成本单价", "进价", "采购价", "进货价", "单件成本", "采购单价", "标准成本",
)  # fmt: skip

REP_NAME_COLUMN = Column(
    "rep_name", TEXT, "the rep's name; stands for the id where there is none", synonyms=REP_NAME
)
CUSTOMER_NAME_COLUMN = Column(
    "customer_name", TEXT, "the customer's name; stands for the id where there is none", synonyms=CUSTOMER_NAME
)
CATEGORY_ID_COLUMN = Column(
    "category_id",
    TEXT,
    "key into a list of categories",
    synonyms=("category key", "类别编号", "分类编号", "类别id"),
)
REGION_ID_COLUMN = Column(
    "region_id", TEXT, "key into a list of regions",
    synonyms=("region code", "region key", "area id", "地区编号", "区域编号", "区域代码", "地区代码", "大区编号"),
)  # fmt: skip
TERRITORY_ID_COLUMN = Column(
    "territory_id", TEXT, "key into a list of territories",
    synonyms=("territory code", "territory key", "territory 2 id", "辖区编号", "片区编号"),
)  # fmt: skip
CURRENCY_COLUMN = Column(
    "currency", TEXT, "the currency of the row's amounts",
    synonyms=(
        "currency code", "currency iso code", "amount currency", "currency of value", "total amount currency",
        "币种",
        "货币", "币别",
    ),
)  # fmt: skip
REP_IN_FLAT_FILE = (
    Column("hire_date", DATE, "the rep's first day, as on each row", synonyms=HIRE_DATE),
    Column("team", TEXT, "the rep's team, as on each row", synonyms=TEAM),
    Column("manager", TEXT, "the rep's manager, as on each row", synonyms=MANAGER),
)
UNIT_COST_COLUMN = Column("unit_cost", MONEY, "cost of one unit", synonyms=UNIT_COST)
