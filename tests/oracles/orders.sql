-- By product (or any other part): the orders that contain it.
SELECT {part} AS part, count(DISTINCT order_key) AS value
FROM order_line WHERE kind = 'sale' AND sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
