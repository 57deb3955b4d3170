-- What the orders of the period are worth after all that came back of them since.
SELECT {part} AS part, sum(amount) AS numerator, count(DISTINCT order_key) FILTER (kind = 'sale') AS denominator,
       numerator / nullif(denominator, 0) AS value
FROM order_line WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
