SELECT {part} AS part, count(*) AS value
FROM prospect WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
