SELECT {part} AS part, count(DISTINCT buyer) FILTER (kind = 'sale' AND first_on < $start) AS value,
       coalesce(sum(abs(amount)) FILTER (customer IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
FROM order_line LEFT JOIN first_purchase USING (buyer)
WHERE sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
