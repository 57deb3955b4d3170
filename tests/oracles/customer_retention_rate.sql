-- Of the customers of the period before, those who bought in this one.
-- Not known while the period lasts, nor where the period before begins in a month before the data.
WITH customer_before AS (
    SELECT f.*, EXISTS (FROM purchase p WHERE p.buyer = f.customer AND p.sold_on >= $start AND p.sold_on < $end) AS again
    FROM filed_by_orders($base_start, $base_end) f
), counted AS (
    SELECT {part} AS part, count(*) FILTER (again) AS numerator, count(*) AS denominator,
           CASE WHEN $end - 1 <= getvariable('as_of') AND $base_start >= (SELECT date_trunc('month', min(order_date)) FROM orders)
                THEN numerator / denominator END AS value
    FROM customer_before WHERE {where} GROUP BY ALL
), named AS (
    SELECT {part} AS part, known_share(amount, customer) AS share FROM order_line
    WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
)
SELECT counted.*, CASE WHEN value IS NOT NULL THEN share END AS coverage FROM counted LEFT JOIN named USING (part)
