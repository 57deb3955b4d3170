SELECT {part} AS part, count(DISTINCT buyer) AS value
FROM order_line JOIN first_purchase USING (buyer)
WHERE kind = 'sale' AND sold_on >= $start AND sold_on < $end AND first_on >= $start AND {where} GROUP BY ALL
