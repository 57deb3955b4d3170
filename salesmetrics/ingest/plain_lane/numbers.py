"""Plain numbers as exact ones of six decimals, by way of the nearest binary fraction where that is certain."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from salesmetrics.ingest.plain_lane.not_plain import NotPlainError

EXACT = pa.decimal64(18, 6)
"""How numbers are stored: 18 digits, 6 of them decimals."""

_MILLION = 1_000_000
_CERTAIN = 1e8
"""Below this, a fraction of binary digits times a million is within 0.03 of what was written."""

_SURE = 0.4


def scaled(read: pa.Array) -> npt.NDArray[np.int64] | None:
    """Give numbers as whole millionths, 0 where there is none; None where a binary fraction is too coarse to tell.

    Raises NotPlainError for what is no number. A seventh decimal is rounded as the engine rounds it.

    >>> scaled(pa.array([1.5, None, -0.0000012, 1234.56])).tolist()
    [1500000, 0, -1, 1234560000]
    """
    values = pc.fill_null(read, 0.0).to_numpy()
    if not np.isfinite(values).all():
        raise NotPlainError
    millionths = values * _MILLION
    rounded = np.rint(millionths)
    if len(values) and (np.abs(values).max() >= _CERTAIN or np.abs(millionths - rounded).max() > _SURE):
        return None
    whole: npt.NDArray[np.int64] = rounded.astype(np.int64)
    return whole


def scaled_exactly(read: pa.Array) -> npt.NDArray[np.int64]:
    """Give decimals of 128 bits as whole millionths; raises NotPlainError for what 18 digits cannot hold."""
    words = np.frombuffer(pc.fill_null(read, 0).buffers()[1], np.int64)[: 2 * len(read)].reshape(-1, 2)
    low, high = words[:, 0], words[:, 1]
    if not ((high == low >> 63).all() and (np.abs(low) < 10**18).all()):
        raise NotPlainError
    return np.ascontiguousarray(low)


def decimals(millionths: npt.NDArray[np.int64], read: pa.Array) -> pa.Array:
    """Give whole millionths as exact numbers, null where `read` is."""
    valid = pc.is_valid(read).buffers()[1] if read.null_count else None
    return pa.Array.from_buffers(EXACT, len(read), [valid, pa.py_buffer(millionths)])
