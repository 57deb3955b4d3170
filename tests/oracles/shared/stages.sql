-- Stages of deals as they stood on the day `as_of`: moves, stays and stages reached. The order is that of the companies.

CREATE OR REPLACE TEMP TABLE stage_list AS
SELECT * FROM (VALUES ('Qualify', 1), ('Demo', 2), ('Proposal', 3), ('Negotiation', 4)) AS known(name, place);

-- An entry into the stage in which a deal stands already is no move.
CREATE OR REPLACE TEMP TABLE move AS
SELECT opportunity_id, name, place, entered_at
FROM (
    SELECT h.opportunity_id, k.name, k.place, h.entered_at,
           lag(k.name) OVER (PARTITION BY h.opportunity_id ORDER BY h.entered_at, k.place) AS before
    FROM stage_history h JOIN stage_list k ON k.name = h.stage
    WHERE CAST(h.entered_at AS DATE) <= getvariable('as_of')
)
WHERE before IS DISTINCT FROM name;

CREATE OR REPLACE TEMP TABLE stay AS
SELECT d.* EXCLUDE (stage, closed_on), m.name AS stage, m.place, CAST(m.entered_at AS DATE) AS entered_on,
       CASE WHEN d.status <> 'open' THEN d.closed_on END AS closed_on,
       lead(CAST(m.entered_at AS DATE)) OVER in_time AS next_on, next_on IS NULL AS is_last,
       coalesce(next_on, CASE WHEN d.status <> 'open' THEN d.closed_on END) AS left_on,
       CASE WHEN is_last AND d.status = 'open' THEN getvariable('as_of') ELSE left_on END - entered_on AS days
FROM move m JOIN deal d USING (opportunity_id)
WINDOW in_time AS (PARTITION BY m.opportunity_id ORDER BY m.entered_at, m.place);

-- A won deal reached every stage; one that it skipped on the day of the next one, or of the sale.
CREATE OR REPLACE TEMP TABLE reached_stage AS
SELECT d.* EXCLUDE (stage, closed_on), k.name AS stage, k.place, f.furthest,
       coalesce((SELECT min(CAST(m.entered_at AS DATE)) FROM move m
                 WHERE m.opportunity_id = d.opportunity_id AND m.place >= k.place), d.closed_on) AS reached_on,
       d.status = 'won' OR f.furthest > k.place AS advanced,
       d.status = 'lost' AND f.furthest = k.place AS lost_here
FROM deal d
JOIN (SELECT opportunity_id, max(place) AS furthest FROM move GROUP BY ALL) f USING (opportunity_id)
JOIN stage_list k ON (k.place <= f.furthest OR d.status = 'won')
    -- The companies never heard of a stage that nobody entered.
    AND k.name IN (SELECT stage FROM stage_history WHERE CAST(entered_at AS DATE) <= getvariable('as_of'));
