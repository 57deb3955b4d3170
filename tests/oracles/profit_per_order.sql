SELECT {part} AS part, sum(amount - cost) AS numerator,
       count(DISTINCT order_key) FILTER (kind = 'sale' AND cost IS NOT NULL) AS denominator,
       numerator / nullif(denominator, 0) AS value,
       coalesce(sum(abs(amount)) FILTER (cost IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
FROM order_line WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
