-- What the statements on the team share: people, the days on which each was employed, and what they sent out.
-- Reads reps, activities, and what ledger.sql and of_leads.sql made before.

CREATE OR REPLACE TEMP TABLE person AS
SELECT rep_id, coalesce(name, rep_id) AS rep, coalesce(region, '(unknown)') AS region, hire_date, leave_date, salary, capacity
FROM reps;

CREATE OR REPLACE TEMP TABLE employed AS
SELECT p.*, CAST(d.day AS DATE) AS day, band(p.hire_date, CAST(d.day AS DATE)) AS tenure
FROM person p, generate_series(
    p.hire_date, least(coalesce(p.leave_date, getvariable('as_of')), getvariable('as_of')), INTERVAL 1 DAY
) AS d(day)
WHERE p.hire_date IS NOT NULL;

CREATE OR REPLACE TEMP TABLE contact AS
SELECT a.rep_id, CAST(a."at" AS DATE) AS day, coalesce(p.rep, a.rep_id, '(unknown)') AS rep,
       coalesce(p.region, '(unknown)') AS region, p.hire_date, band(p.hire_date, CAST(a."at" AS DATE)) AS tenure
FROM activities a LEFT JOIN person p ON p.rep_id = a.rep_id
WHERE (a.direction IS NULL OR a.direction <> 'in') AND lower(a.type) <> 'auto'
  AND CAST(a."at" AS DATE) <= getvariable('as_of');

CREATE OR REPLACE MACRO activities_begin() AS (SELECT CAST(date_trunc('month', min("at")) AS DATE) FROM activities);

-- What each rep employed on a day has open on it: deals, and leads neither given up nor converted by then. A deal without a
-- creation date is open only as of now. `behind` tells whose leads of ninety days wait longer than those of the others.
CREATE OR REPLACE MACRO desk(on_day) AS TABLE
WITH current_rep AS (
    SELECT *, band(hire_date, on_day) AS tenure FROM person
    WHERE (hire_date IS NULL OR hire_date <= on_day) AND (leave_date IS NULL OR leave_date >= on_day)
), lead_of AS (
    SELECT l.rep_id, l.status, CAST(l.created_at AS DATE) AS came, l.created_at AS came_at, l.converted_at,
           CASE WHEN p.answered_at < on_day + 1 THEN p.wait_us END AS wait_us
    FROM leads l JOIN prospect p ON p.lead_id = l.lead_id AND p.created_at = l.created_at
    QUALIFY row_number() OVER (PARTITION BY l.lead_id) = 1
), answers AS (
    SELECT rep_id, quantile_cont(wait_us, 0.5) FILTER (wait_us >= 0) AS wait,
           count(*) FILTER (epoch_us(CAST(on_day + 1 AS TIMESTAMP)) - epoch_us(came_at) > minutes(72 * 60)) AS old,
           count(*) FILTER (epoch_us(CAST(on_day + 1 AS TIMESTAMP)) - epoch_us(came_at) > minutes(72 * 60) AND wait_us IS NULL) AS lost
    FROM lead_of WHERE came <= on_day AND came > on_day - 90 GROUP BY rep_id
)
SELECT c.*, a.wait, coalesce(a.old, 0) AS old, coalesce(a.lost, 0) AS lost,
       (SELECT count(*) FROM deal d
        WHERE d.rep = c.rep AND (d.created_date <= on_day OR (d.created_date IS NULL AND on_day = getvariable('as_of')))
          AND (d.status = 'open' OR d.closed_on > on_day))
       + (SELECT count(*) FROM lead_of l
          WHERE l.rep_id = c.rep_id AND l.came <= on_day AND l.status IS DISTINCT FROM 'disqualified'
            AND (l.converted_at IS NULL OR CAST(l.converted_at AS DATE) > on_day)
            AND NOT (l.status IS NOT DISTINCT FROM 'converted' AND l.converted_at IS NULL)) AS load
FROM current_rep c LEFT JOIN answers a ON a.rep_id = c.rep_id;
