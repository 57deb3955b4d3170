SELECT {part} AS part, count(DISTINCT buyer) FILTER (kind = 'sale' AND customer IS NOT NULL AND first_on >= $start) AS numerator,
       count(DISTINCT buyer) FILTER (kind = 'sale' AND customer IS NOT NULL) AS denominator, numerator / nullif(denominator, 0) AS value,
       CASE WHEN value IS NOT NULL THEN known_share(amount, customer) END AS coverage
FROM order_line LEFT JOIN first_purchase USING (buyer)
WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
