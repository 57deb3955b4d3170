WITH cost AS (
    SELECT {part} AS part, sum(amount) AS spent, bool_or(by_month AND cuts_months($start, $end)) AS cut
    FROM booking WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
), won AS (
    SELECT {part} AS part, count(DISTINCT buyer) AS customers
    FROM order_line JOIN first_purchase USING (buyer)
    WHERE kind = 'sale' AND sold_on >= $start AND sold_on < $end AND first_on >= $start AND {where} GROUP BY ALL
), worth AS (
    SELECT {part} AS part, sum(amount - cost) / nullif(count(DISTINCT customer) FILTER (cost IS NOT NULL), 0) AS clv,
           coalesce(sum(abs(amount)) FILTER (cost IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
    FROM life
    WHERE first_on >= $start AND first_on < $end AND first_on + to_months(12) <= getvariable('as_of')
          AND day < first_on + to_months(12) AND {where}
    GROUP BY ALL
)
SELECT part, clv AS numerator, spent / nullif(customers, 0) AS denominator,
       CASE WHEN spend_covers($start) AND NOT cut AND denominator <> 0 THEN clv / denominator END AS value,
       CASE WHEN value IS NOT NULL THEN worth.coverage END AS coverage
FROM cost FULL JOIN won USING (part) FULL JOIN worth USING (part)
