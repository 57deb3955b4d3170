WITH cost AS (
    SELECT {part} AS part, sum(amount) AS spent, bool_or(by_month AND cuts_months($start, $end)) AS cut
    FROM booking WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), won AS (
    SELECT {part} AS part, count(DISTINCT customer) AS customers
    FROM life JOIN sold_order USING (order_key)
    WHERE kind = 'sale' AND sold_on >= $start AND sold_on < $end AND first_on >= $start AND {where} GROUP BY ALL
)
SELECT part, spent AS numerator, customers AS denominator,
       CASE WHEN spend_covers($start) AND NOT cut THEN spent / nullif(customers, 0) END AS value
FROM cost FULL JOIN won USING (part)
