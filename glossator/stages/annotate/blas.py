"""What spaCy's models calculate with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from glossator.config import NUMPY

Floats = NDArray[np.float32]


class MatmulOps(NumpyOps):  # type: ignore[misc]  # written in Cython
    """Thinc's, with numpy's product of matrices: the wheel of blis has no kernels for today's processors.

    Three times the speed, the same names: https://github.com/explosion/cython-blis/issues/53
    """

    def gemm(
        self, x: Floats, y: Floats, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        left, right = x.T if trans1 else x, y.T if trans2 else y
        return np.matmul(left, right) if out is None else np.matmul(left, right, out=out)


@contextmanager
def calculating(blas: str) -> Iterator[None]:
    """Within it models are made that calculate with numpy's BLAS, or with what thinc takes."""
    before = get_current_ops()
    try:
        if blas == NUMPY:
            set_current_ops(MatmulOps())
        yield
    finally:
        set_current_ops(before)
