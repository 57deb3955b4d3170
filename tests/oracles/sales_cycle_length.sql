SELECT {part} AS part, quantile_cont(closed_on - started, 0.5) AS value,
       CASE WHEN count(*) >= 5 THEN quantile_cont(closed_on - started, 0.9) END AS p90,
       avg(closed_on - started) AS mean
FROM closed_deal
WHERE status = 'won' AND closed_on >= started AND closed_on >= $start AND closed_on < $end AND {where} GROUP BY ALL
