WITH cost AS (
    SELECT {part} AS part, sum(amount) AS spent, bool_or(by_month AND cuts_months($start, $end)) AS cut
    FROM booking WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), won AS (
    SELECT {part} AS part, count(DISTINCT buyer) FILTER (kind = 'sale' AND first_on >= $start) AS customers,
           coalesce(sum(abs(amount)) FILTER (customer IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM order_line LEFT JOIN first_purchase USING (buyer)
    WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
)
SELECT part, spent AS numerator, customers AS denominator,
       CASE WHEN spend_covers($start) AND NOT cut THEN spent / nullif(customers, 0) END AS value,
       CASE WHEN value IS NOT NULL THEN won.coverage END AS coverage
FROM cost FULL JOIN won USING (part)
