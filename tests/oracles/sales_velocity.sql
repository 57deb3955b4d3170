-- Wins, win rate and cycle of the 365 days up to the last one; deals that are open on it.
WITH waiting AS (
    SELECT {part} AS part, count(*) AS deals
    FROM (SELECT *, band(hire_date, $last_day) AS tenure FROM deal)
    WHERE (created_date <= $last_day OR (created_date IS NULL AND $last_day = getvariable('as_of')))
      AND (status = 'open' OR closed_on > $last_day) AND {where} GROUP BY ALL
), lately AS (
    SELECT {part} AS part, avg(amount) FILTER (status = 'won') AS won_amount,
           count(*) FILTER (status = 'won') / count(*) AS rate,
           avg(closed_on - started) FILTER (status = 'won' AND closed_on >= started) AS days,
           count(amount) FILTER (status = 'won') / nullif(count(*) FILTER (status = 'won'), 0) AS coverage
    FROM closed_deal WHERE closed_on > $last_day - 365 AND closed_on <= $last_day AND {where} GROUP BY ALL
)
SELECT coalesce(w.part, l.part) AS part, coalesce(deals, 0) * won_amount * rate / nullif(days, 0) AS value, coverage
FROM waiting w FULL JOIN lately l ON l.part = w.part
