-- New customers of the period over the customers of the 365 days before it.
SELECT {part} AS part, count(DISTINCT buyer) FILTER (kind = 'sale' AND customer IS NOT NULL AND sold_on >= $start AND first_on >= $start) AS numerator,
       count(DISTINCT buyer) FILTER (kind = 'sale' AND customer IS NOT NULL AND sold_on < $start) AS denominator,
       numerator / nullif(denominator, 0) AS value,
       CASE WHEN value IS NOT NULL THEN
           coalesce(sum(abs(amount)) FILTER (sold_on >= $start AND customer IS NOT NULL), 0)
               / nullif(sum(abs(amount)) FILTER (sold_on >= $start), 0)
       END AS coverage
FROM order_line LEFT JOIN first_purchase USING (buyer)
WHERE sold_on >= $start - 365 AND sold_on < $end AND {where} GROUP BY ALL
