-- A flagged line came back whole; so did one whose credit note has the same amount.
SELECT {part} AS part, count(*) FILTER (products >= 2) AS numerator, count(*) AS denominator,
       numerator / nullif(denominator, 0) AS value
FROM (
    SELECT {part}, buyer, count(DISTINCT nullif(product, '(unknown)')) FILTER (
        NOT flagged AND NOT EXISTS (
            SELECT 1 FROM ledger c
            WHERE c.kind = 'return' AND c.order_key = o.order_key AND c.product = o.product AND c.amount = -o.amount
        )
    ) AS products
    FROM order_line o
    WHERE kind = 'sale' AND buyer IS NOT NULL AND sold_on >= $start AND sold_on < $end AND {where} GROUP BY ALL
) GROUP BY ALL
