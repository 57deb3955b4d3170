-- What the statements of this folder share, written out from the definitions: lines, returns, orders, first purchases,
-- reps' days and deals as they stood on the day `as_of`. Reads orders, reps, customers, products, opportunities, leads.

CREATE OR REPLACE MACRO completed_months(hired, day) AS
    CASE WHEN hired + to_months(datediff('month', hired, day)) <= day
         THEN datediff('month', hired, day) ELSE datediff('month', hired, day) - 1 END;

CREATE OR REPLACE MACRO band(hired, day) AS
    CASE WHEN hired IS NULL OR day IS NULL THEN '(unknown)'
         WHEN day < hired THEN '(pre-hire)'
         WHEN completed_months(hired, day) < 3 THEN '0-3m'
         WHEN completed_months(hired, day) < 6 THEN '3-6m'
         WHEN completed_months(hired, day) < 12 THEN '6-12m'
         WHEN completed_months(hired, day) < 24 THEN '1-2y'
         WHEN completed_months(hired, day) < 60 THEN '2-5y'
         ELSE '5y+' END;

CREATE OR REPLACE TEMP TABLE line AS
SELECT row_number() OVER () AS line_no, *
FROM orders
WHERE coalesce(lower(trim(status)), '') NOT IN ('cancelled', 'canceled', 'void', 'voided', 'draft');

-- A flag is a return of its own unless a credit note of the same order, product and amount stands for it, one for one.
CREATE OR REPLACE TEMP TABLE flag AS
WITH notes AS (
    SELECT coalesce(orig_order_id, order_id) AS order_id, product, -amount AS amount, count(*) AS notes
    FROM line WHERE amount < 0 GROUP BY ALL
), flagged AS (
    SELECT *, row_number() OVER (PARTITION BY order_id, product, amount ORDER BY line_no) AS nth
    FROM line WHERE returned AND amount >= 0
)
SELECT f.* EXCLUDE (nth)
FROM flagged f
LEFT JOIN notes n ON n.order_id = f.order_id AND n.product IS NOT DISTINCT FROM f.product AND n.amount = f.amount
WHERE f.order_id IS NULL OR f.nth > coalesce(n.notes, 0);

-- An order under two customers belongs, with all its lines, to the one who bought more of it.
CREATE OR REPLACE TEMP TABLE ledger AS
WITH entry AS (
    SELECT 'sale' AS kind, order_date AS day, coalesce(order_id, '#' || line_no) AS order_key, 1 AS sign, *
    FROM line WHERE amount >= 0
    UNION ALL
    SELECT 'return', order_date, coalesce(orig_order_id, order_id), 1, * FROM line WHERE amount < 0
    UNION ALL
    SELECT 'return', coalesce(return_date, order_date), coalesce(order_id, '#' || line_no), -1, * FROM flag
), owner AS (
    SELECT order_key, arg_max(customer_id, bought) AS owner
    FROM (
        SELECT order_key, customer_id, sum(amount) AS bought FROM entry
        WHERE kind = 'sale' AND customer_id IS NOT NULL GROUP BY ALL
    ) GROUP BY order_key
)
SELECT e.kind, e.day, e.order_key, e.line_no, e.sign * e.amount AS amount, e.sign * e.cost AS cost,
       e.sign * e.quantity AS quantity, e.discount, e.order_date, e.delivered_date,
       CASE WHEN e.customer_id IS NOT NULL THEN coalesce(w.owner, e.customer_id) END AS customer,
       e.rep_id, r.hire_date, coalesce(r.name, e.rep_id, '(unknown)') AS rep,
       coalesce(e.region, r.region, '(unknown)') AS region, coalesce(e.product, p.product, e.product_id, '(unknown)') AS product,
       coalesce(e.channel, '(unknown)') AS channel, band(r.hire_date, e.day) AS tenure
FROM entry e LEFT JOIN reps r ON r.rep_id = e.rep_id LEFT JOIN owner w ON w.order_key = e.order_key
LEFT JOIN products p ON p.product_id = e.product_id
WHERE e.day <= getvariable('as_of') AND e.order_date <= getvariable('as_of');

CREATE OR REPLACE TEMP TABLE sold_order AS
SELECT order_key, min(day) FILTER (kind = 'sale') AS sold_on, arg_max(customer, abs(amount)) FILTER (kind = 'sale') AS buyer
FROM ledger
GROUP BY order_key
HAVING count(*) FILTER (kind = 'sale') > 0 AND (sum(amount) > 0 OR count(*) FILTER (kind = 'return') = 0);

-- The ledger rows of orders, with the tenure on the day of the order.
CREATE OR REPLACE TEMP TABLE order_line AS
SELECT l.* EXCLUDE (tenure), s.sold_on, s.buyer, band(l.hire_date, s.sold_on) AS tenure
FROM ledger l JOIN sold_order s USING (order_key);

CREATE OR REPLACE TEMP TABLE first_purchase AS
SELECT buyer, min(sold_on) AS first_on FROM sold_order WHERE buyer IS NOT NULL GROUP BY buyer;

-- One row for each rep and day employed, to the day `as_of`.
CREATE OR REPLACE TEMP TABLE rep_day AS
SELECT r.rep_id, coalesce(r.name, r.rep_id) AS rep, CAST(d.day AS DATE) AS day, band(r.hire_date, CAST(d.day AS DATE)) AS tenure
FROM reps r, generate_series(
    greatest(r.hire_date, DATE '2018-01-01'), least(coalesce(r.leave_date, getvariable('as_of')), getvariable('as_of')),
    INTERVAL 1 DAY
) AS d(day)
WHERE r.hire_date IS NOT NULL;

-- A close after `as_of` has not happened yet.
CREATE OR REPLACE TEMP TABLE deal AS
SELECT o.opportunity_id, o.created_date, o.amount, o.probability, o.stage, o.hire_date, o.started,
       CASE WHEN o.status <> 'open' AND o.close_date > getvariable('as_of') THEN 'open' ELSE o.status END AS status,
       CASE WHEN o.status <> 'open' THEN o.close_date END AS closed_on,
       o.region, o.product, o.rep
FROM (
    SELECT p.* EXCLUDE (region, product), r.hire_date, coalesce(CAST(l.created_at AS DATE), p.created_date) AS started,
           coalesce(p.region, r.region, '(unknown)') AS region, coalesce(p.product, '(unknown)') AS product,
           coalesce(r.name, p.rep_id, '(unknown)') AS rep
    FROM opportunities p LEFT JOIN reps r ON r.rep_id = p.rep_id LEFT JOIN leads l ON l.lead_id = p.lead_id
) o
WHERE o.created_date IS NULL OR o.created_date <= getvariable('as_of');

CREATE OR REPLACE TEMP TABLE closed_deal AS
SELECT *, band(hire_date, closed_on) AS tenure FROM deal WHERE status IN ('won', 'lost');
