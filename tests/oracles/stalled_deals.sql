WITH open_deal AS (
    SELECT d.*, CASE WHEN d.status = 'open' THEN o.close_date END AS expected,
           (SELECT max(CAST("at" AS DATE)) FROM activities a
            WHERE a.opportunity_id = d.opportunity_id AND CAST("at" AS DATE) <= $last_day) AS worked_on,
           (SELECT max(entered_at) FROM move m
            WHERE m.opportunity_id = d.opportunity_id AND CAST(entered_at AS DATE) <= $last_day) AS entered_at
    FROM deal d JOIN opportunities o USING (opportunity_id)
    WHERE (d.created_date <= $last_day OR (d.created_date IS NULL AND $last_day = getvariable('as_of')))
      AND (d.status = 'open' OR d.closed_on > $last_day)
), usual AS (
    SELECT stage AS usual_stage, quantile_cont(days, 0.75) AS days
    FROM stay WHERE status = 'won' AND left_on IS NOT NULL AND days >= 0 GROUP BY ALL HAVING count(*) >= 10
), placed AS (
    SELECT d.* EXCLUDE (stage, entered_at), coalesce(m.name, d.stage, '(unknown)') AS stage,
           CAST(d.entered_at AS DATE) AS entered_on
    FROM open_deal d
    LEFT JOIN (SELECT opportunity_id, entered_at, arg_max(name, place) AS name FROM move GROUP BY ALL) m
           ON m.opportunity_id = d.opportunity_id AND m.entered_at = d.entered_at
)
SELECT {part} AS part, count(*) AS value
FROM (SELECT *, band(hire_date, $last_day) AS tenure FROM placed LEFT JOIN usual ON usual_stage = stage)
WHERE ($last_day - entered_on > coalesce(days, 30)
       OR ((SELECT count(opportunity_id) FROM activities) > 0 AND $last_day - coalesce(worked_on, created_date) >= 14)
       OR expected < $last_day)
  AND {where} GROUP BY ALL
