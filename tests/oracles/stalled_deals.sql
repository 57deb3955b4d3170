-- Of a deal without a stage entry, an expected close and activities nobody can say whether it stands still.
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
           CAST(d.entered_at AS DATE) AS entered_on, (SELECT count(opportunity_id) FROM activities) > 0 AS told
    FROM open_deal d
    LEFT JOIN (SELECT opportunity_id, entered_at, arg_max(name, place) AS name FROM move GROUP BY ALL) m
           ON m.opportunity_id = d.opportunity_id AND m.entered_at = d.entered_at
)
SELECT {part} AS part,
       count(*) FILTER ($last_day - entered_on > coalesce(days, 30) OR expected < $last_day
                        OR (told AND $last_day - coalesce(worked_on, created_date) >= 14)) AS value,
       count(*) FILTER (told OR entered_on IS NOT NULL OR expected IS NOT NULL) / count(*) AS coverage
FROM (SELECT *, band(hire_date, $last_day) AS tenure FROM placed LEFT JOIN usual ON usual_stage = stage)
WHERE {where} GROUP BY ALL
