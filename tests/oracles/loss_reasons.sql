-- The last stage that a lost deal reached is the furthest; without a history, the one that the deal itself names.
SELECT {part} AS part, count(*) AS value
FROM (
    SELECT d.* EXCLUDE (stage, loss_reason), coalesce(r.stage, d.stage, '(unknown)') AS stage,
           coalesce(nullif(d.loss_reason, ''), '(unknown)') AS loss_reason
    FROM (SELECT c.*, o.loss_reason FROM closed_deal c JOIN opportunities o USING (opportunity_id)) d
    LEFT JOIN (SELECT * FROM reached_stage WHERE lost_here) r USING (opportunity_id)
)
WHERE status = 'lost' AND closed_on >= $start AND closed_on < $end AND {where} GROUP BY ALL
