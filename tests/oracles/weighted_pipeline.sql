-- Without a probability: the share won of at least twenty closed deals that entered the deal's stage.
WITH stage_rate AS (
    SELECT h.stage AS rated_stage, count(DISTINCT opportunity_id) FILTER (d.status = 'won') / count(DISTINCT opportunity_id) AS rate
    FROM stage_history h JOIN deal d USING (opportunity_id)
    WHERE d.status IN ('won', 'lost') GROUP BY ALL HAVING count(DISTINCT opportunity_id) >= 20
), weighed AS (
    SELECT deal.*, coalesce(CAST(probability AS DOUBLE), rate) AS chance, band(hire_date, $last_day) AS tenure
    FROM deal LEFT JOIN stage_rate ON rated_stage = stage
)
SELECT {part} AS part, sum(amount * chance) AS value,
       CASE WHEN count(amount) = 0 AND count(*) > 0 THEN 0
            ELSE coalesce(sum(amount) FILTER (chance IS NOT NULL), 0) / nullif(sum(amount), 0) END AS coverage
FROM weighed
WHERE (created_date <= $last_day OR (created_date IS NULL AND $last_day = getvariable('as_of')))
  AND (status = 'open' OR closed_on > $last_day) AND {where} GROUP BY ALL
