-- Full calendar months of employment, numbered from 1; a settled rep has twelve behind it. Three in a row must bring 80 %
-- of what the median settled rep brought in the same months. Then the Kaplan-Meier median over those hired in the period.
WITH begins AS (
    SELECT date_trunc('month', min(day)) AS begins FROM ledger
), hired AS (
    SELECT p.*, band(p.hire_date, p.hire_date) AS tenure,
           CASE WHEN day(hire_date) = 1 THEN date_trunc('month', hire_date)
                ELSE date_trunc('month', hire_date) + INTERVAL 1 MONTH END AS first_month
    FROM person p WHERE hire_date <= getvariable('as_of')
), month_of AS (
    SELECT h.rep_id, CAST(m.month AS DATE) AS month, datediff('month', h.first_month, m.month) + 1 AS number,
           coalesce((SELECT CAST(sum(l.amount) AS DOUBLE) FROM ledger l
                     WHERE l.rep_id = h.rep_id AND date_trunc('month', l.day) = m.month), 0) AS sold
    FROM hired h, begins b, generate_series(greatest(h.first_month, b.begins), getvariable('as_of'), INTERVAL 1 MONTH) AS m(month)
    WHERE last_day(m.month) <= least(coalesce(h.leave_date, getvariable('as_of')), getvariable('as_of'))
), usual AS (
    SELECT month, quantile_cont(sold, 0.5) AS usual FROM month_of WHERE number > 12 GROUP BY month HAVING count(*) >= 3
), in_row AS (
    SELECT a.rep_id, a.number
    FROM month_of a
    JOIN month_of b ON b.rep_id = a.rep_id AND b.number BETWEEN a.number - 2 AND a.number
    JOIN usual u ON u.month = b.month
    GROUP BY ALL
    HAVING count(*) = 3 AND sum(u.usual) > 0 AND sum(b.sold) * 5 >= sum(u.usual) * 4
), of_rep AS (
    SELECT {part} AS part, (SELECT min(i.number) FROM in_row i WHERE i.rep_id = h.rep_id) AS done_after,
           (SELECT count(*) FROM month_of m WHERE m.rep_id = h.rep_id) AS lived,
           (SELECT count(*) FROM month_of m JOIN usual USING (month) WHERE m.rep_id = h.rep_id) AS judged
    FROM hired h JOIN begins b ON h.first_month >= b.begins
    WHERE h.hire_date >= $start AND h.hire_date < $end AND {where}
), curve AS (
    SELECT part, done_after AS after, count(*) AS done,
           (SELECT count(*) FROM of_rep o WHERE o.part = of_rep.part AND coalesce(o.done_after, o.lived) >= of_rep.done_after) AS at_risk
    FROM of_rep WHERE done_after IS NOT NULL GROUP BY part, done_after
), survival AS (
    SELECT part, after, exp(sum(ln(greatest(1 - done / at_risk, 1e-300))) OVER (PARTITION BY part ORDER BY after)) AS still
    FROM curve
)
SELECT part, CASE WHEN judged > 0 THEN (SELECT min(after) FROM survival s WHERE s.part = o.part AND still <= 0.5 + 1e-9) END AS value
FROM (SELECT part, max(judged) AS judged FROM of_rep GROUP BY part) o
