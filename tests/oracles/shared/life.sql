-- What the statements on what customers cost and are worth share: bookings of spend, and what customers bought since
-- their first purchase, under the source that brought them. Reads spend and leads, and what ledger.sql made before.

-- Spend is known neither by rep nor by tenure nor by product: a filter on these leaves nothing.
CREATE OR REPLACE TEMP TABLE booking AS
WITH month AS (
    SELECT kind, count(DISTINCT date) AS days FROM spend WHERE date <= getvariable('as_of')
    GROUP BY kind, year(date), month(date)
), habit AS (
    SELECT kind, max(days) = 1 AS by_month FROM month GROUP BY kind
)
SELECT s.date AS day, s.amount, s.kind, h.by_month, coalesce(s.region, '(unknown)') AS region,
       coalesce(s.channel, '(unknown)') AS channel, coalesce(s.lead_source, '(unallocated)') AS lead_source,
       CAST(NULL AS VARCHAR) AS rep, CAST(NULL AS VARCHAR) AS tenure, CAST(NULL AS VARCHAR) AS product
FROM spend s JOIN habit h ON h.kind IS NOT DISTINCT FROM s.kind
WHERE s.date <= getvariable('as_of');

-- A period that begins before the month of the first booking is not covered by spend, nor is one that cuts a month in
-- two where a month is booked at once. The days counted end with the day `as_of`.
CREATE OR REPLACE MACRO counted_end(last) AS least(CAST(last AS DATE), getvariable('as_of') + 1);
SET VARIABLE spend_from = (SELECT date_trunc('month', min(date)) FROM spend);
CREATE OR REPLACE MACRO spend_covers(first) AS CAST(first AS DATE) >= getvariable('spend_from');
CREATE OR REPLACE MACRO cuts_months(first, last) AS day(CAST(first AS DATE)) <> 1 OR day(counted_end(last)) <> 1;

CREATE OR REPLACE TEMP TABLE origin AS
WITH one_lead AS (
    SELECT * FROM leads QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY created_at) = 1
), by_lead AS (
    SELECT p.buyer, l.lead_source FROM first_purchase p JOIN one_lead l ON l.customer_id = p.buyer
    WHERE CAST(l.created_at AS DATE) <= p.first_on
    QUALIFY row_number() OVER (PARTITION BY p.buyer ORDER BY l.created_at, l.lead_id) = 1
), by_order AS (
    SELECT p.buyer, n.lead_source
    FROM first_purchase p
    JOIN sold_order s ON s.buyer = p.buyer AND s.sold_on = p.first_on
    JOIN ledger l ON l.order_key = s.order_key AND l.kind = 'sale'
    JOIN line n ON n.line_no = l.line_no
    WHERE n.lead_source IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY p.buyer ORDER BY s.order_key, l.line_no) = 1
)
SELECT p.buyer, p.first_on, coalesce(a.lead_source, b.lead_source, '(unknown)') AS lead_source
FROM first_purchase p LEFT JOIN by_lead a USING (buyer) LEFT JOIN by_order b USING (buyer);

CREATE OR REPLACE TEMP TABLE life AS
SELECT l.* EXCLUDE (tenure), o.first_on, o.lead_source, band(l.hire_date, o.first_on) AS tenure
FROM ledger l JOIN origin o ON o.buyer = l.customer
WHERE l.day >= o.first_on;
