-- Amount, close date, stage and rep of open deals, where the file has such a column at all.
WITH asked AS (
    SELECT count(amount) > 0 AS amount, count(close_date) > 0 AS close_date, count(stage) > 0 AS stage, count(rep_id) > 0 AS rep_id
    FROM opportunities
)
SELECT {part} AS part,
       sum(CAST(d.file_amount AND a.amount AS INT) + CAST(d.file_close AND a.close_date AS INT)
           + CAST(d.file_stage AND a.stage AS INT) + CAST(d.file_rep AND a.rep_id AS INT)) AS numerator,
       nullif(sum(CAST(a.amount AS INT) + CAST(a.close_date AS INT) + CAST(a.stage AS INT) + CAST(a.rep_id AS INT)), 0) AS denominator,
       numerator / denominator AS value
FROM (
    SELECT deal.*, band(deal.hire_date, $last_day) AS tenure, o.amount IS NOT NULL AS file_amount,
           o.close_date IS NOT NULL AS file_close, o.stage IS NOT NULL AS file_stage, o.rep_id IS NOT NULL AS file_rep
    FROM deal JOIN opportunities o USING (opportunity_id)
) d, asked a
WHERE (created_date <= $last_day OR (created_date IS NULL AND $last_day = getvariable('as_of')))
  AND (status = 'open' OR closed_on > $last_day) AND {where} GROUP BY ALL
