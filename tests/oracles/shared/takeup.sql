-- Each qualified lead, and when a rep first sent something after that, for it or for a deal that came of it. Reads leads,
-- activities, opportunities, and what of_leads.sql made before.
CREATE OR REPLACE TEMP TABLE handed_lead AS
WITH sent AS (
    SELECT lead_id, touched_at FROM touch WHERE NOT automatic
    UNION ALL
    SELECT o.lead_id, a."at"
    FROM activities a JOIN (SELECT DISTINCT opportunity_id, lead_id FROM opportunities WHERE lead_id IS NOT NULL) o USING (opportunity_id)
    WHERE coalesce(a.direction, 'out') = 'out' AND lower(a.type) <> 'auto' AND a."at" < known_until()
), qualified AS (
    SELECT p.*, l.qualified_at FROM prospect p JOIN leads l ON l.lead_id = p.lead_id AND l.created_at = p.created_at
    WHERE l.qualified_at < known_until()
    QUALIFY row_number() OVER (PARTITION BY p.lead_id) = 1
), first AS (
    SELECT q.lead_id, min(greatest(s.touched_at, q.qualified_at)) AS taken_at
    FROM qualified q JOIN sent s ON s.lead_id = q.lead_id
    -- What carries a day and no hour took place some time on that day.
    WHERE s.touched_at >= q.qualified_at
       OR (s.touched_at = date_trunc('day', s.touched_at) AND s.touched_at = date_trunc('day', q.qualified_at))
    GROUP BY q.lead_id
)
SELECT q.* EXCLUDE (tenure), CAST(q.qualified_at AS DATE) AS handed_on, band(q.hire_date, CAST(q.qualified_at AS DATE)) AS tenure,
       f.taken_at IS NOT NULL AS taken,
       (epoch_us(coalesce(f.taken_at, known_until())) - epoch_us(q.qualified_at)) // 60000000 AS wait,
       (epoch_us(known_until()) - epoch_us(q.qualified_at)) // 60000000 AS age
FROM qualified q LEFT JOIN first f USING (lead_id);
