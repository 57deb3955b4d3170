"""Whether stated chances come true: what was said of deals that are closed by now, beside how many were won."""

from __future__ import annotations

import numpy as np
import pandas as pd

from salesmetrics.model.derived.opportunity import WON

BANDS = 10


def calibration(deals: pd.DataFrame) -> pd.DataFrame:
    """Set the mean probability of closed deals against their win rate, by tenths of the probability.

    `deals` has `probability` (a share, or null) and `status` (won or lost), such as the rows behind a win rate.
    The answer has a row for each tenth that holds a deal: `band_from` and `band_to` (shares; a tenth includes its
    lower end), `deals`, `won`, `mean_probability`, `win_rate` and `difference` (win rate - mean probability: above
    0 more came true than was said). Deals stated as certain are left out: most systems write 0 or 1 over what was
    said as soon as a deal is closed.

    >>> calibration(pd.DataFrame({"probability": [0.5, 0.5, 1.0], "status": ["won", "lost", "won"]})).iloc[0].tolist()
    [0.5, 0.6, 2.0, 1.0, 0.5, 0.5, 0.0]
    """
    said = deals["probability"].astype(float)
    stated = deals.assign(said=said, came_true=deals["status"] == WON)[(said > 0) & (said < 1)]
    # A share that was a percentage before may lie a float below the tenth that it stands for.
    band = np.floor(stated["said"] * BANDS + 1e-9).astype(int)
    found = stated.groupby(band).agg(
        deals=("came_true", "size"), won=("came_true", "sum"), mean_probability=("said", "mean")
    )
    found.insert(0, "band_from", found.index / BANDS)
    found.insert(1, "band_to", (found.index + 1) / BANDS)
    found["win_rate"] = found["won"] / found["deals"]
    found["difference"] = found["win_rate"] - found["mean_probability"]
    return found.reset_index(drop=True)
