-- Purchases: a customer on a day, filed under what brought most of that day's money (of equal ones the first by name),
-- and customers as they stood on a day. Reads what ledger.sql builds.

CREATE OR REPLACE TEMP TABLE purchase AS
WITH weighed AS (
    SELECT *, sum(amount) OVER (PARTITION BY buyer, sold_on, region) AS of_region,
           sum(amount) OVER (PARTITION BY buyer, sold_on, product) AS of_product,
           sum(amount) OVER (PARTITION BY buyer, sold_on, rep) AS of_rep,
           sum(amount) OVER (PARTITION BY buyer, sold_on, tenure) AS of_tenure
    FROM order_line WHERE customer IS NOT NULL
)
SELECT buyer, sold_on, first(region ORDER BY of_region DESC, region) AS region,
       first(product ORDER BY of_product DESC, product) AS product, first(rep ORDER BY of_rep DESC, rep) AS rep,
       first(hire_date ORDER BY of_rep DESC, rep) AS hire_date, first(tenure ORDER BY of_tenure DESC, tenure) AS tenure,
       sold_on - lag(sold_on) OVER (PARTITION BY buyer ORDER BY sold_on) AS gap
FROM weighed GROUP BY buyer, sold_on;

CREATE OR REPLACE TEMP TABLE started AS
SELECT * EXCLUDE (gap), sold_on AS first_on FROM purchase WHERE gap IS NULL;

-- A customer's region and so on are those of its last purchase; money is that of the year to the day.
CREATE OR REPLACE TEMP MACRO standing_on(today) AS TABLE
WITH known AS (
    SELECT customer, coalesce(sum(amount) FILTER (day > today - 365), 0) AS amount,
           coalesce(sum(amount - cost) FILTER (day > today - 365), 0) AS profit,
           coalesce(sum(abs(amount)) FILTER (day > today - 365), 0) AS volume,
           coalesce(sum(abs(amount)) FILTER (day > today - 365 AND cost IS NOT NULL), 0) AS costed
    FROM ledger WHERE customer IS NOT NULL AND day <= today GROUP BY customer
), lately AS (
    SELECT buyer, max(sold_on) AS last_on, count(*) FILTER (sold_on > today - 365) AS purchases, count(gap) AS gaps,
           quantile_cont(gap, 0.5) AS own_gap
    FROM purchase WHERE sold_on <= today GROUP BY buyer
)
SELECT known.*, today - last_on AS days_since, coalesce(purchases, 0) AS purchases, coalesce(gaps, 0) AS gaps, own_gap, last_on,
       (SELECT quantile_cont(gap, 0.5) FROM purchase WHERE sold_on <= today) AS usual_gap,
       coalesce(p.region, '(unknown)') AS region, coalesce(p.product, '(unknown)') AS product,
       coalesce(p.rep, '(unknown)') AS rep, band(p.hire_date, today) AS tenure
FROM known LEFT JOIN lately ON lately.buyer = customer
LEFT JOIN purchase p ON p.buyer = customer AND p.sold_on = last_on;

-- How much of the amount of order lines names a customer.
CREATE OR REPLACE TEMP MACRO known_share(amount, customer) AS
    coalesce(sum(abs(amount)) FILTER (customer IS NOT NULL), 0) / nullif(sum(abs(amount)), 0);

-- Customers with what brought most of their money in some days (of equal ones the one that brought some last).
CREATE OR REPLACE TEMP MACRO filed_by_revenue(from_day, to_day) AS TABLE
WITH weighed AS (
    SELECT *, sum(amount) OVER (PARTITION BY customer, region) AS of_region,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, region) AS at_region,
           sum(amount) OVER (PARTITION BY customer, product) AS of_product,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, product) AS at_product,
           sum(amount) OVER (PARTITION BY customer, rep) AS of_rep,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, rep) AS at_rep,
           sum(amount) OVER (PARTITION BY customer, tenure) AS of_tenure,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, tenure) AS at_tenure
    FROM ledger WHERE customer IS NOT NULL AND day >= from_day AND day < to_day
)
SELECT customer, first(region ORDER BY of_region DESC, at_region DESC NULLS LAST, region) AS region,
       first(product ORDER BY of_product DESC, at_product DESC NULLS LAST, product) AS product,
       first(rep ORDER BY of_rep DESC, at_rep DESC NULLS LAST, rep) AS rep,
       first(tenure ORDER BY of_tenure DESC, at_tenure DESC NULLS LAST, tenure) AS tenure
FROM weighed GROUP BY customer;

CREATE OR REPLACE TEMP MACRO filed_by_orders(from_day, to_day) AS TABLE
WITH weighed AS (
    SELECT *, sum(amount) OVER (PARTITION BY customer, region) AS of_region,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, region) AS at_region,
           sum(amount) OVER (PARTITION BY customer, product) AS of_product,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, product) AS at_product,
           sum(amount) OVER (PARTITION BY customer, rep) AS of_rep,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, rep) AS at_rep,
           sum(amount) OVER (PARTITION BY customer, tenure) AS of_tenure,
           max(day) FILTER (amount > 0) OVER (PARTITION BY customer, tenure) AS at_tenure
    FROM (SELECT * EXCLUDE (day), sold_on AS day FROM order_line) WHERE customer IS NOT NULL AND day >= from_day AND day < to_day
)
SELECT customer, first(region ORDER BY of_region DESC, at_region DESC NULLS LAST, region) AS region,
       first(product ORDER BY of_product DESC, at_product DESC NULLS LAST, product) AS product,
       first(rep ORDER BY of_rep DESC, at_rep DESC NULLS LAST, rep) AS rep,
       first(tenure ORDER BY of_tenure DESC, at_tenure DESC NULLS LAST, tenure) AS tenure
FROM weighed GROUP BY customer;
