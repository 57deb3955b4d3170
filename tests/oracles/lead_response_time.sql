SELECT {part} AS part, quantile_cont(wait_us / minutes(60), 0.5) AS value,
       CASE WHEN count(*) >= 5 THEN quantile_cont(wait_us / minutes(60), 0.9) END AS p90
FROM prospect WHERE wait_us >= 0 AND day >= $start AND day < $end AND {where} GROUP BY ALL
