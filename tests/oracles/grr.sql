-- What customers with revenue in the period before still spend, at most what they spent then.
-- Not known while the period lasts, nor where the period before begins in a month before the data.
WITH spent AS (
    SELECT customer, sum(amount) FILTER (day >= $base_start AND day < $base_end) AS before,
           coalesce(sum(amount) FILTER (day >= $start AND day < $end), 0) AS now
    FROM ledger GROUP BY customer
), summed AS (
    SELECT {part} AS part, sum(CASE WHEN now < 0 THEN 0 WHEN now > before THEN before ELSE now END) AS numerator, sum(before) AS denominator,
           CASE WHEN $end - 1 <= getvariable('as_of') AND $base_start >= (SELECT date_trunc('month', min(order_date)) FROM orders)
                THEN numerator / denominator END AS value
    FROM filed_by_revenue($base_start, $base_end) JOIN spent USING (customer) WHERE before > 0 AND {where} GROUP BY ALL
), named AS (
    SELECT {part} AS part, known_share(amount, customer) AS share FROM ledger
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
SELECT summed.*, CASE WHEN value IS NOT NULL THEN share END AS coverage FROM summed LEFT JOIN named USING (part)
