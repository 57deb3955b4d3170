-- New: within six months of the product's first sale, which is not among the file's first 90 days; or marked as new.
SELECT {part} AS part, sum(quantity) AS value,
       coalesce(sum(abs(amount)) FILTER (quantity IS NOT NULL), 0) / nullif(sum(abs(amount)), 0) AS coverage
FROM ledger
JOIN (
    SELECT product AS first_product, min(day) AS first_day FROM ledger
    WHERE kind = 'sale' AND product <> '(unknown)' GROUP BY ALL
) ON product = first_product
WHERE ((first_day >= (SELECT min(day) FROM ledger) + 90 AND day < first_day + INTERVAL 6 MONTH)
       OR product IN (SELECT p.product FROM products p WHERE p.is_new))
  AND day >= $start AND day < $end AND {where} GROUP BY ALL
