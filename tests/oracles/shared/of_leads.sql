-- What the statements on leads share: each lead once, as it stood at the end of the day `as_of`, and what reps did for
-- it. Reads leads, activities and reps, and what ledger.sql made before.

CREATE OR REPLACE MACRO known_until() AS CAST(getvariable('as_of') + 1 AS TIMESTAMP);

CREATE OR REPLACE TEMP TABLE touch AS
SELECT lead_id, "at" AS touched_at, lower(type) = 'auto' AS automatic
FROM activities
WHERE lead_id IS NOT NULL AND (direction IS NULL OR direction = 'out') AND "at" < known_until();

CREATE OR REPLACE TEMP TABLE prospect AS
WITH one_lead AS (
    SELECT * FROM leads WHERE created_at < known_until()
    QUALIFY row_number() OVER (PARTITION BY lead_id ORDER BY created_at) = 1
), first_touch AS (
    SELECT lead_id, min(touched_at) AS touched_at FROM touch WHERE NOT automatic GROUP BY lead_id
), state AS (
    SELECT l.*, coalesce(l.first_response_at, t.touched_at) AS answered_at
    FROM one_lead l LEFT JOIN first_touch t USING (lead_id)
)
SELECT s.lead_id, s.created_at, CAST(s.created_at AS DATE) AS day, s.status, r.hire_date,
       CASE WHEN s.answered_at < known_until() THEN s.answered_at END AS answered_at,
       CASE WHEN s.qualified_at < known_until() THEN CAST(s.qualified_at AS DATE) END AS qualified_on,
       CASE WHEN s.converted_at < known_until() THEN CAST(s.converted_at AS DATE) END AS converted_on,
       epoch_us(known_until()) - epoch_us(s.created_at) AS age_us,
       epoch_us(CASE WHEN s.answered_at < known_until() THEN s.answered_at END) - epoch_us(s.created_at) AS wait_us,
       coalesce(s.lead_source, '(unknown)') AS lead_source, coalesce(s.region, r.region, '(unknown)') AS region,
       coalesce(s.product, '(unknown)') AS product, coalesce(r.name, s.rep_id, '(unknown)') AS rep,
       band(r.hire_date, CAST(s.created_at AS DATE)) AS tenure
FROM state s LEFT JOIN reps r ON r.rep_id = s.rep_id;

CREATE OR REPLACE MACRO minutes(n) AS CAST(n AS BIGINT) * 60000000;
