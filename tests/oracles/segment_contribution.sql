-- What each part sold less what it sold in the period before, which must not begin before the data does.
SELECT {part} AS part,
       CASE WHEN $base_start >= (SELECT date_trunc('month', min(order_date)) FROM orders)
            THEN coalesce(sum(amount) FILTER (day >= $start AND day < $end), 0)
                 - coalesce(sum(amount) FILTER (day >= $base_start AND day < $base_end), 0) END AS value
FROM ledger
WHERE ((day >= $start AND day < $end) OR (day >= $base_start AND day < $base_end)) AND {where} GROUP BY ALL
