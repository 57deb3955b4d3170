"""Headers of public data sets and usual exports, and what they mean: written from general knowledge of them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.ingest.header_lists import HeaderList, header_list

EXPORTS: Mapping[str, HeaderList] = {
    # Public data sets of sales.
    "superstore": header_list("orders", """Row ID | Order ID>order_id | Order Date>order_date | Ship Date | Ship Mode
        | Customer ID>customer_id | Customer Name>customer_name | Segment>segment | Country | City | State
        | Postal Code | Region>region | Product ID>product_id | Category>category | Sub-Category>subcategory
        | Product Name>product | Sales>amount | Quantity>quantity | Discount>discount | Profit>profit"""),
    "global superstore": header_list("orders", """Row ID | Order ID>order_id | Order Date>order_date | Ship Date
        | Ship Mode | Customer ID>customer_id | Customer Name>customer_name | Segment>segment | City | State | Country
        | Postal Code | Market | Region>region | Product ID>product_id | Category>category | Sub-Category>subcategory
        | Product Name>product | Sales>amount | Quantity>quantity | Discount>discount | Profit>profit
        | Shipping Cost | Order Priority"""),
    "global superstore, points": header_list("orders", """Category>category | City | Country | Customer.ID>customer_id
        | Customer.Name>customer_name | Discount>discount | Market | 记录数 | Order.Date>order_date | Order.ID>order_id
        | Order.Priority | Product.ID>product_id | Product.Name>product | Profit>profit | Quantity>quantity
        | Region>region | Row.ID | Sales>amount | Segment>segment | Ship.Date | Ship.Mode | Shipping.Cost | State
        | Sub.Category>subcategory | Year | Market2 | weeknum"""),
    "示例 - 超市": header_list("orders", """行 ID | 订单 ID>order_id | 订单日期>order_date | 发货日期 | 邮寄方式
        | 客户 ID>customer_id | 客户名称>customer_name | 细分>segment | 城市 | 省/自治区 | 国家/地区 | 地区>region
        | 产品 ID>product_id | 类别>category | 子类别>subcategory | 产品名称>product | 销售额>amount | 数量>quantity
        | 折扣>discount | 利润>profit"""),
    "sample sales data": header_list("orders", """ORDERNUMBER>order_id | QUANTITYORDERED>quantity | PRICEEACH>unit_price
        | ORDERLINENUMBER | SALES>amount | ORDERDATE>order_date | STATUS>status | QTR_ID | MONTH_ID | YEAR_ID
        | PRODUCTLINE>category | MSRP | PRODUCTCODE>product_id | CUSTOMERNAME>customer_name | PHONE | ADDRESSLINE1
        | ADDRESSLINE2 | CITY | STATE | POSTALCODE | COUNTRY | TERRITORY>region | CONTACTLASTNAME
        | CONTACTFIRSTNAME | DEALSIZE"""),
    "classicmodels orders": header_list("order_headers", """orderNumber>order_id | orderDate>order_date | requiredDate
        | shippedDate | status>status | comments | customerNumber>customer_id"""),
    "classicmodels orderdetails": header_list("order_lines", """orderNumber>order_id | productCode>product_id
        | quantityOrdered>quantity | priceEach>unit_price | orderLineNumber"""),
    "classicmodels customers": header_list("customers", """customerNumber>customer_id | customerName>name
        | contactLastName | contactFirstName | phone | addressLine1 | addressLine2 | city>city | state | postalCode
        | country | salesRepEmployeeNumber>rep_id | creditLimit"""),
    "classicmodels employees": header_list("reps", """employeeNumber>rep_id | lastName>last_name
        | firstName>first_name | extension | email | officeCode | reportsTo>manager | jobTitle"""),
    "classicmodels products": header_list("products", """productCode>product_id | productName>product
        | productLine>category | productScale | productVendor | productDescription | quantityInStock
        | buyPrice>unit_cost | MSRP>list_price"""),
    "Chinook invoices": header_list("orders", """InvoiceId>order_id | CustomerId>customer_id | InvoiceDate>order_date
        | BillingAddress | BillingCity | BillingState | BillingCountry | BillingPostalCode | Total>amount"""),
    "Chinook invoice lines": header_list("order_lines", """InvoiceLineId | InvoiceId>order_id | TrackId
        | UnitPrice>unit_price | Quantity>quantity"""),
    "Chinook customers": header_list("customers", """CustomerId>customer_id | FirstName | LastName | Company>name
        | Address | City>city | State | Country | PostalCode | Phone | Fax | Email | SupportRepId>rep_id"""),
    "Chinook employees": header_list("reps", """EmployeeId>rep_id | LastName>last_name | FirstName>first_name | Title
        | ReportsTo>manager | BirthDate | HireDate>hire_date | Address | City | State | Country | PostalCode | Phone
        | Fax | Email"""),
    "AdventureWorks SalesOrderHeader": header_list("orders", """SalesOrderID>order_id | RevisionNumber
        | OrderDate>order_date | DueDate | ShipDate | Status>status | OnlineOrderFlag | SalesOrderNumber
        | PurchaseOrderNumber | AccountNumber | CustomerID>customer_id | SalesPersonID>rep_id
        | TerritoryID>territory_id | BillToAddressID | ShipToAddressID | ShipMethodID | CreditCardID
        | CreditCardApprovalCode | CurrencyRateID | SubTotal>amount | TaxAmt | Freight | TotalDue | Comment | rowguid
        | ModifiedDate"""),
    "AdventureWorks SalesOrderDetail": header_list("order_lines", """SalesOrderID>order_id | SalesOrderDetailID
        | CarrierTrackingNumber | OrderQty>quantity | ProductID>product_id | SpecialOfferID | UnitPrice>unit_price
        | UnitPriceDiscount>discount_rate | LineTotal>amount | rowguid | ModifiedDate"""),
    "Olist orders": header_list("order_headers", """order_id>order_id | customer_id>customer_id | order_status>status
        | order_purchase_timestamp>order_date | order_approved_at | order_delivered_carrier_date
        | order_delivered_customer_date>delivered_date | order_estimated_delivery_date"""),
    "Olist order items": header_list("order_lines", """order_id>order_id | order_item_id | product_id>product_id
        | seller_id | shipping_limit_date | price>amount | freight_value"""),
    "Online Retail II": header_list("orders", """Invoice>order_id | StockCode>product_id | Description>product
        | Quantity>quantity | InvoiceDate>order_date | Price>unit_price | Customer ID>customer_id | Country>region"""),
    "coffee shop sales": header_list("orders", """transaction_id>order_id | transaction_date>order_date
        | transaction_time | transaction_qty>quantity | store_id | store_location>region | unit_price>unit_price
        | product_id>product_id | product_category>category | product_type | product_detail>product"""),
    "retail sales dataset": header_list("orders", """Transaction ID>order_id | Date>order_date
        | Customer ID>customer_id | Gender | Age | Product Category>category | Quantity>quantity
        | Price per Unit>unit_price | Total Amount>amount"""),
    "supermarket sales": header_list("orders", """Invoice ID>order_id | Branch>region | City | Customer type>segment
        | Gender | Product line>category | Unit price>unit_price | Quantity>quantity | Tax 5% | Total>amount
        | Date>order_date | Time | Payment | cogs>cost | gross margin percentage | gross income | Rating"""),
    "Amazon sale report": header_list("orders", """index | Order ID>order_id | Date>order_date | Status>status
        | Fulfilment | Sales Channel>channel | ship-service-level | Style | SKU>product_id | Category>category | Size
        | ASIN | Courier Status | Qty>quantity | currency>currency | Amount>amount | ship-city | ship-state
        | ship-postal-code | ship-country | promotion-ids | B2B | fulfilled-by | Unnamed: 22"""),
    "100 sales records": header_list("orders", """Region>region | Country | Item Type>category
        | Sales Channel>channel | Order Priority | Order Date>order_date | Order ID>order_id | Ship Date
        | Units Sold>quantity | Unit Price>unit_price | Unit Cost>unit_cost | Total Revenue>amount | Total Cost>cost
        | Total Profit>profit"""),
    "US regional sales": header_list("orders", """OrderNumber>order_id | Sales Channel>channel | WarehouseCode
        | ProcuredDate | OrderDate>order_date | ShipDate | DeliveryDate>delivered_date | CurrencyCode>currency
        | _SalesTeamID>rep_id | _CustomerID>customer_id | _StoreID | _ProductID>product_id | Order Quantity>quantity
        | Discount Applied>discount | Unit Cost>unit_cost | Unit Price>unit_price"""),
    "financial sample": header_list("orders", """Segment>segment | Country>region | Product>product | Discount Band
        | Units Sold>quantity | Manufacturing Price | Sale Price>unit_price | Gross Sales | Discounts>discount
        | Sales>amount | COGS>cost | Profit>profit | Date>order_date | Month Number | Month Name | Year"""),
    "bike sales": header_list("orders", """Date>order_date | Day | Month | Year | Customer_Age | Age_Group
        | Customer_Gender | Country>region | State | Product_Category>category | Sub_Category>subcategory
        | Product>product | Order_Quantity>quantity | Unit_Cost>unit_cost | Unit_Price>unit_price | Profit>profit
        | Cost>cost | Revenue>amount"""),
    "electronics sales": header_list("orders", """Order ID>order_id | Product>product | Quantity Ordered>quantity
        | Price Each>unit_price | Order Date>order_date | Purchase Address"""),
    "store sales": header_list("orders", """Store>channel | DayOfWeek | Date>order_date | Sales>amount | Customers
        | Open | Promo | StateHoliday | SchoolHoliday"""),
    "weekly store sales": header_list("orders", """Store>channel | Date>order_date | Weekly_Sales>amount
        | Holiday_Flag | Temperature | Fuel_Price | CPI | Unemployment"""),
    "chocolate sales": header_list("orders", """Sales Person>rep_name | Country>region | Product>product
        | Date>order_date | Amount>amount | Boxes Shipped>quantity"""),
    # Shops, payments and accounts.
    "Shopify": header_list("orders", """Name>order_id | Email>customer_id | Financial Status>status | Paid at
        | Fulfillment Status | Fulfilled at | Accepts Marketing | Currency>currency | Subtotal | Shipping | Taxes
        | Total | Discount Code | Discount Amount | Shipping Method | Created at>order_date
        | Lineitem quantity>quantity | Lineitem name>product | Lineitem price>unit_price
        | Lineitem compare at price | Lineitem sku>product_id | Lineitem requires shipping | Lineitem taxable
        | Lineitem fulfillment status | Billing Name>customer_name | Billing Street | Billing City | Billing Zip
        | Billing Province | Billing Country | Shipping Name | Shipping City | Shipping Country | Notes
        | Cancelled at | Payment Method | Payment Reference | Refunded Amount | Vendor | Id | Tags | Risk Level
        | Source>channel | Lineitem discount>discount | Tax 1 Name | Tax 1 Value | Phone"""),
    "WooCommerce": header_list("orders", """Order Number>order_id | Order Status>status | Order Date>order_date
        | Customer Note | First Name (Billing) | Last Name (Billing) | Company (Billing)>customer_name
        | City (Billing) | State Code (Billing) | Postcode (Billing) | Country Code (Billing)
        | Email (Billing)>customer_id | Phone (Billing) | Payment Method Title | Cart Discount Amount
        | Order Subtotal Amount | Shipping Method Title | Order Shipping Amount | Order Refund Amount
        | Order Total Amount | Order Total Tax Amount | SKU>product_id | Item # | Item Name>product
        | Quantity (- Refund)>quantity | Item Cost>unit_price | Coupon Code | Discount Amount"""),
    "Seller Central": header_list("orders", """amazon-order-id>order_id | merchant-order-id | purchase-date>order_date
        | last-updated-date | order-status>status | fulfillment-channel | sales-channel>channel | order-channel
        | product-name>product | sku>product_id | asin | item-status | quantity>quantity | currency>currency
        | item-price>amount | item-tax | shipping-price | item-promotion-discount | ship-city | ship-state
        | ship-country"""),
    "Stripe payments": header_list("orders", """id>order_id | Description | Seller Message
        | Created date (UTC)>order_date | Amount>amount | Amount Refunded | Currency>currency | Converted Amount
        | Fee | Status>status | Customer ID>customer_id | Customer Email | Invoice ID | Transfer"""),
    "QuickBooks Online": header_list("orders", """Date>order_date | Transaction Type | Num>order_id
        | Product/Service>product | Memo/Description | Qty>quantity | Sales Price>unit_price | Amount>amount
        | Balance | Customer>customer_name"""),
    "QuickBooks Desktop": header_list("orders", """Type | Date>order_date | Num>order_id | Memo | Name>customer_name
        | Item>product | Qty>quantity | Sales Price>unit_price | Amount>amount | Balance"""),
    "Odoo sale orders": header_list("orders", """Order Reference>order_id | Order Date>order_date
        | Customer>customer_name | Salesperson>rep_name | Sales Team>team | Untaxed Amount>amount | Total
        | Status>status | Invoice Status"""),
    "abbreviated": header_list("orders", """Ord No>order_id | Ord Dt>order_date | Cust No>customer_id
        | Cust Nm>customer_name | Prod Cd>product_id | Prod Desc>product | Qty>quantity | Unit Prc>unit_price
        | Ext Amt>amount | Disc Amt>discount | Rgn>region | SlsPrsn>rep_name | Dept>team"""),
    "金蝶 销售出库": header_list("orders", """日期>order_date | 单据编号>order_id | 购货单位>customer_name | 部门>team
        | 业务员>rep_name | 产品长代码>product_id | 产品名称>product | 规格型号 | 单位 | 实发数量>quantity
        | 单位成本>unit_cost | 成本>cost | 销售单价>unit_price | 销售金额>amount"""),
    "用友 销售明细": header_list("orders", """日期>order_date | 单据号>order_id | 客户编码>customer_id
        | 客户简称>customer_name | 业务员>rep_name | 部门>team | 存货编码>product_id | 存货名称>product | 规格型号
        | 主计量单位 | 数量>quantity | 无税单价>unit_price | 无税金额>amount | 税额 | 价税合计 | 成本>cost | 毛利>profit"""),
    "淘宝": header_list("orders", """订单编号>order_id | 买家会员名>customer_id | 买家支付宝账号 | 买家应付货款
        | 买家应付邮费 | 买家支付积分 | 总金额 | 返点积分 | 买家实际支付金额>amount | 买家实际支付积分 | 订单状态>status
        | 买家留言 | 收货人姓名 | 收货地址 | 运送方式 | 联系电话 | 联系手机 | 订单创建时间>order_date | 订单付款时间
        | 宝贝标题>product | 宝贝种类 | 物流单号 | 物流公司 | 订单备注 | 宝贝总数量>quantity | 店铺Id | 店铺名称>channel
        | 订单关闭原因 | 卖家服务费 | 买家服务费 | 发票抬头 | 是否手机订单 | 退款金额"""),
    "有赞": header_list("orders", """订单号>order_id | 订单状态>status | 订单创建时间>order_date | 买家付款时间
        | 买家姓名>customer_name | 收货人/提货人 | 商品名称>product | 商品规格 | 商品编码>product_id | 商品单价>unit_price
        | 商品数量>quantity | 商品实际成交金额>amount | 订单实付金额 | 运费 | 归属店铺 | 订单来源>channel"""),
    "京东": header_list("orders", """订单号>order_id | 商品ID>product_id | 商品名称>product | 订购数量>quantity | 支付方式
        | 下单时间>order_date | 京东价>unit_price | 订单金额 | 结算金额>amount | 余额支付 | 应付金额 | 订单状态>status
        | 订单类型 | 下单帐号>customer_id | 客户姓名>customer_name | 客户地址 | 联系电话"""),
    # Exports of CRMs that crm_headers.json has not.
    "Salesforce Data Loader opportunities": header_list("opportunities", """ID>opportunity_id | ISDELETED
        | ACCOUNTID>customer_id | RECORDTYPEID | NAME>deal_name | DESCRIPTION | STAGENAME>stage | AMOUNT>amount
        | PROBABILITY>probability | EXPECTEDREVENUE | TOTALOPPORTUNITYQUANTITY | CLOSEDATE>close_date | TYPE
        | NEXTSTEP | LEADSOURCE>lead_source | ISCLOSED>is_closed | ISWON>is_won | FORECASTCATEGORY | CAMPAIGNID
        | OWNERID>rep_id | CREATEDDATE>created_date | CREATEDBYID | LASTMODIFIEDDATE | FISCALQUARTER | FISCALYEAR"""),
    "Salesforce Data Loader accounts": header_list("customers", """ID>customer_id | ISDELETED | NAME>name
        | TYPE>segment | PARENTID | BILLINGSTREET | BILLINGCITY>city | BILLINGSTATE | BILLINGCOUNTRY | INDUSTRY>industry
        | ANNUALREVENUE | NUMBEROFEMPLOYEES | OWNERID>rep_id | CREATEDDATE>first_seen"""),
    "Salesforce Data Loader tasks": header_list("activities", """ID | WHOID | WHATID | SUBJECT | ACTIVITYDATE>at
        | STATUS | PRIORITY | OWNERID>rep_id | DESCRIPTION | TASKSUBTYPE>type | ACCOUNTID>customer_id
        | CREATEDDATE>logged_at | CALLTYPE>direction"""),
    "Salesforce OpportunityHistory": header_list("stage_history", """Id | OpportunityId>opportunity_id | CreatedById
        | CreatedDate>entered_at | StageName>stage | Amount | ExpectedRevenue | CloseDate | Probability
        | ForecastCategory"""),
    "Salesforce accounts": header_list("customers", """Account ID>customer_id | Account Name>name
        | Account Owner>rep_name | Type>segment | Industry>industry | Billing City>city | Billing State/Province
        | Rating | Last Activity | Created Date>first_seen"""),
    "HubSpot companies": header_list("customers", """Record ID>customer_id | Company name>name
        | Company owner>rep_name | Create Date>first_seen | Phone Number | Last Activity Date | City>city
        | Country/Region | Industry>industry | Company Domain Name | Lifecycle Stage | Type>segment"""),
    "HubSpot activities": header_list("activities", """Record ID | Activity date>at | Activity type>type
        | Activity assigned to>rep_name | Call outcome | Call duration | Associated Contact IDs>lead_id
        | Associated Company IDs>customer_id | Associated Deal IDs>opportunity_id"""),
    "Pipedrive organizations": header_list("customers", """Organization - ID>customer_id | Organization - Name>name
        | Organization - Owner>rep_name | Organization - Address | Organization - Label>segment
        | Organization - Won deals | Organization - Organization created>first_seen"""),
    "Pipedrive leads": header_list("leads", """Lead - ID>lead_id | Lead - Title | Lead - Owner>rep_name | Lead - Creator
        | Lead - Value | Lead - Lead created>created_at | Lead - Organization>customer_name | Lead - Contact person
        | Lead - Source channel>lead_source | Lead - Source origin"""),
    "Pipedrive activities": header_list("activities", """Activity - Subject | Activity - Type>type
        | Activity - Due date | Activity - Done | Activity - Marked as done time>at
        | Activity - Assigned to user>rep_name | Activity - Deal ID>opportunity_id
        | Activity - Organization>customer_name | Activity - Contact person | Activity - Add time>logged_at"""),
    "Zoho deals": header_list("opportunities", """Record Id>opportunity_id | Deal Owner.id>rep_id | Deal Owner>rep_name
        | Amount>amount | Deal Name>deal_name | Closing Date>close_date | Account Name.id>customer_id
        | Account Name>customer_name | Stage>stage | Type | Probability (%)>probability | Expected Revenue | Next Step
        | Lead Source>lead_source | Campaign Source | Contact Name | Created By | Modified By
        | Created Time>created_date | Modified Time | Last Activity Time | Currency>currency | Exchange Rate
        | Reason For Loss>loss_reason"""),
    "Zoho leads": header_list("leads", """Record Id>lead_id | Lead Owner.id>rep_id | Lead Owner>rep_name
        | Company>customer_name | First Name | Last Name | Title | Email | Phone | Lead Source>lead_source
        | Lead Status>status | Industry | Annual Revenue | Rating | Created By | Created Time>created_at
        | Modified Time | City | State | Country | Is Converted>is_converted
        | Converted Date Time>converted_at"""),
    "Zoho calls": header_list("activities", """Record Id | Subject | Call Type>direction | Call Purpose>type
        | Call Start Time>at | Call Duration | Call Owner>rep_name | Call Result | Related To
        | Created Time>logged_at"""),
    "Dynamics opportunities": header_list("opportunities", """(Do Not Modify) Opportunity>opportunity_id
        | (Do Not Modify) Row Checksum | (Do Not Modify) Modified On | Topic>deal_name
        | Potential Customer>customer_name | Est. Close Date>expected_close_date | Est. Revenue>amount | Contact
        | Probability>probability | Rating | Created On>created_date | Status>status | Status Reason
        | Actual Close Date>closed_date | Actual Revenue | Owner>rep_name | Pipeline Phase>stage
        | Currency>currency"""),
    "Dynamics tables": header_list("opportunities", """opportunityid>opportunity_id | name>deal_name
        | estimatedvalue>amount | estimatedclosedate>expected_close_date | actualvalue | actualclosedate>closed_date
        | closeprobability>probability | stepname>stage | statecode>status | statuscode
        | _customerid_value>customer_id | _ownerid_value>rep_id | createdon>created_date | modifiedon
        | _originatingleadid_value>lead_id"""),
    "Dynamics users": header_list("reps", """systemuserid>rep_id | fullname>name | firstname>first_name
        | lastname>last_name | domainname>user_account | businessunitidname>team | parentsystemuseridname>manager
        | title | internalemailaddress"""),
    "SugarCRM opportunities": header_list("opportunities", """ID>opportunity_id | Opportunity Name>deal_name
        | Account Name>customer_name | Date Created>created_date | Date Modified | Opportunity Amount>amount
        | Currency>currency | Expected Close Date>expected_close_date | Sales Stage>stage
        | Probability (%)>probability | Lead Source>lead_source | Assigned User>rep_name | Next Step | Type"""),
    "Odoo opportunities": header_list("opportunities", """ID>opportunity_id | Opportunity>deal_name
        | Contact Name | Email | Salesperson>rep_name | Sales Team>team | Expected Revenue>amount | Prorated Revenue
        | Stage>stage | Probability>probability | Created on>created_date | Closed Date>closed_date
        | Expected Closing>expected_close_date | Lost Reason>loss_reason | Source>lead_source
        | Customer>customer_name"""),
    "纷享销客 商机": header_list("opportunities", """商机编号>opportunity_id | 商机名称>deal_name | 客户名称>customer_name
        | 销售流程 | 商机阶段>stage | 阶段状态>status | 商机金额>amount | 预计成交日期>expected_close_date | 赢率>probability
        | 负责人>rep_name | 负责人主属部门>team | 商机来源>lead_source | 输单原因>loss_reason | 创建人
        | 创建时间>created_date | 最后修改时间 | 生命状态 | 业务类型"""),
    "纷享销客 销售线索": header_list("leads", """线索编号>lead_id | 姓名 | 公司>customer_name | 线索池 | 线索来源>lead_source
        | 线索状态>status | 负责人>rep_name | 分配时间 | 创建时间>created_at | 转换时间>converted_at | 最后跟进时间
        | 生命状态"""),
    "纷享销客 人员": header_list("reps", """员工编号>rep_id | 姓名>name | 主属部门>team | 汇报对象>manager | 职务 | 手机
        | 入职日期>hire_date | 状态"""),
    "悟空 商机": header_list("opportunities", """商机名称>deal_name | 客户名称>customer_name | 商机金额>amount
        | 预计成交日期>expected_close_date | 商机状态组 | 商机阶段>stage | 负责人>rep_name | 创建人 | 创建时间>created_date
        | 更新时间 | 最后跟进时间 | 下次联系时间 | 备注"""),
    "悟空 线索": header_list("leads", """线索名称>customer_name | 线索来源>lead_source | 手机 | 电话 | 邮箱 | 客户行业
        | 客户级别 | 下次联系时间 | 负责人>rep_name | 创建人 | 创建时间>created_at | 更新时间 | 备注"""),
    "悟空 客户": header_list("customers", """客户名称>name | 客户级别>segment | 客户来源 | 客户行业>industry | 手机 | 网址
        | 成交状态 | 下次联系时间 | 负责人>rep_name | 创建人 | 创建时间>first_seen | 更新时间"""),
    "悟空 跟进记录": header_list("activities", """跟进方式>type | 跟进内容 | 跟进时间>at | 跟进人>rep_name
        | 所属客户>customer_name | 下次联系时间"""),
    "傳統欄位": header_list("orders", """訂單編號>order_id | 下單日期>order_date | 客戶代號>customer_id
        | 客戶名稱>customer_name | 業務員>rep_name | 業務區域>region | 品號>product_id | 品名>product | 數量>quantity
        | 單價>unit_price | 未稅金額>amount | 營業稅 | 含稅金額 | 成本>cost | 毛利>profit"""),
}  # fmt: skip
