SELECT {part} AS part, count(DISTINCT buyer) AS value
FROM order_line WHERE kind = 'sale' AND sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
