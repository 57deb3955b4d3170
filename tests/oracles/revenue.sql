-- Everything sold less everything that came back, by the day it did.
SELECT {part} AS part, sum(amount) AS value
FROM ledger WHERE day >= $start AND day < $end AND {where} GROUP BY ALL
