-- Days between consecutive purchases, by the later one.
WITH counted AS (
    SELECT {part} AS part, quantile_cont(gap, 0.5) AS value, CASE WHEN count(*) >= 5 THEN quantile_cont(gap, 0.9) END AS p90
    FROM purchase WHERE gap IS NOT NULL AND sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
), named AS (
    SELECT {part} AS part, known_share(amount, customer) AS share FROM order_line
    WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
)
SELECT counted.*, CASE WHEN value IS NOT NULL THEN share END AS coverage FROM counted LEFT JOIN named USING (part)
