-- Weeks from Monday to Sunday, wholly in the period, on each day of which the rep was employed; 25 contacts expected.
WITH week AS (
    SELECT rep_id, CAST(date_trunc('week', day) AS DATE) AS monday, max_by(tenure, day) AS tenure, any_value(rep) AS rep,
           any_value(region) AS region
    FROM employed
    WHERE day >= activities_begin() AND date_trunc('week', day) >= $start AND date_trunc('week', day) + INTERVAL 7 DAY <= $end
    GROUP BY ALL HAVING count(*) = 7
), counted AS (
    SELECT *, (SELECT count(*) FROM contact c
               WHERE c.rep_id = week.rep_id AND c.day >= monday AND c.day < monday + 7) AS contacts
    FROM week
), rate AS (
    SELECT {part} AS part, count(*) FILTER (contacts >= 25) AS numerator, count(*) AS denominator
    FROM counted WHERE {where} GROUP BY ALL
), known AS (
    SELECT {part} AS part, count(hire_date) / count(*) AS coverage FROM contact
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
SELECT part, numerator, denominator, numerator / nullif(denominator, 0) AS value, coverage
FROM rate FULL JOIN known USING (part)
