-- Each answer on its scale, and whose it is: what is not known of the customer is told by the last purchase up to the
-- answer, of which the line that was worth most speaks. Reads feedback, customers, reps, and what ledger.sql made.
CREATE OR REPLACE TEMP TABLE answer AS
WITH bought AS (
    SELECT l.customer, l.sold_on, nullif(l.product, '(unknown)') AS product, raw.region, raw.rep_id
    FROM order_line l JOIN line raw USING (line_no)
    WHERE l.kind = 'sale' AND l.customer IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY l.customer, l.sold_on
        ORDER BY l.amount DESC, coalesce(nullif(l.product, '(unknown)'), ''), coalesce(raw.region, ''), coalesce(raw.rep_id, '')
    ) = 1
), given AS (
    SELECT *, row_number() OVER () AS no,
           coalesce(scale_min, CASE kind WHEN 'nps' THEN 0 ELSE 1 END) AS low,
           coalesce(scale_max, CASE kind WHEN 'nps' THEN 10 ELSE 5 END) AS high
    FROM feedback WHERE date <= getvariable('as_of')
)
SELECT g.date, g.kind, g.score, g.low, g.high, coalesce(g.customer_id, '#' || g.no) AS respondent,
       coalesce(g.high > g.low AND g.score BETWEEN g.low AND g.high, false) AS fits,
       g.score >= g.low + 0.75 * (g.high - g.low) AS satisfied,
       CAST(g.score - g.low AS DOUBLE) / nullif(CAST(g.high - g.low AS DOUBLE), 0) AS standing,
       coalesce(c.region, b.region, r.region, '(unknown)') AS region, coalesce(b.product, '(unknown)') AS product,
       coalesce(r.name, c.rep_id, b.rep_id, '(unknown)') AS rep, band(r.hire_date, g.date) AS tenure
FROM given g
LEFT JOIN (SELECT * FROM customers QUALIFY row_number() OVER (PARTITION BY customer_id) = 1) c USING (customer_id)
LEFT JOIN bought b ON b.customer = g.customer_id
    AND b.sold_on = (SELECT max(sold_on) FROM bought x WHERE x.customer = g.customer_id AND x.sold_on <= g.date)
LEFT JOIN reps r ON r.rep_id = coalesce(c.rep_id, b.rep_id);
