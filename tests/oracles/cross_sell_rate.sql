-- A product survives in an order while fewer lines of its amount came back than were sold; a line without a customer is nobody's.
SELECT {part} AS part, count(*) FILTER (products >= 2) AS numerator, count(*) AS denominator,
       numerator / nullif(denominator, 0) AS value
FROM (
    SELECT {part}, buyer, count(DISTINCT nullif(product, '(unknown)')) FILTER (sold > back AND customer IS NOT NULL) AS products
    FROM (
        SELECT *, count(*) FILTER (kind = 'sale') OVER same AS sold, count(*) FILTER (kind = 'return') OVER same AS back
        FROM order_line WINDOW same AS (PARTITION BY order_key, product, abs(amount))
    )
    WHERE kind = 'sale' AND buyer IS NOT NULL AND sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
) GROUP BY ALL
