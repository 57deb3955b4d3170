WITH touched AS (
    SELECT p.lead_id, count(*) AS touches
    FROM prospect p JOIN touch t ON t.lead_id = p.lead_id
    WHERE NOT t.automatic AND CAST(t.touched_at AS DATE) >= p.day AND t.touched_at <= p.created_at + INTERVAL 30 DAY
    GROUP BY p.lead_id
)
SELECT {part} AS part, coalesce(sum(touches), 0) AS numerator, count(*) AS denominator, numerator / denominator AS value
FROM prospect LEFT JOIN touched USING (lead_id)
WHERE day + 30 <= getvariable('as_of') AND day >= $start AND day < $end AND {where} GROUP BY ALL
