-- Monday to Friday; days before the first month with any activity are not known. An activity counts on days employed.
WITH worked AS (
    SELECT {part} AS part, count(*) AS days FROM employed
    WHERE day >= $start AND day < $end AND day >= activities_begin() AND isodow(day) <= 5 AND {where} GROUP BY ALL
), made AS (
    SELECT {part} AS part, count(*) AS contacts FROM contact
    WHERE day >= $start AND day < $end AND {where}
      AND EXISTS (SELECT * FROM employed e WHERE e.rep_id = contact.rep_id AND e.day = contact.day) GROUP BY ALL
), known AS (
    SELECT {part} AS part, count(hire_date) / count(*) AS coverage FROM contact
    WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
)
SELECT part, coalesce(contacts, 0) AS numerator, coalesce(days, 0) AS denominator,
       numerator / nullif(denominator, 0) AS value, coverage
FROM worked FULL JOIN made USING (part) FULL JOIN known USING (part)
