"""The matrix product that spaCy's models use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps, get_current_ops, set_current_ops

from glossator.config import NUMPY

Floats = NDArray[np.float32]


class MatmulOps(NumpyOps):  # type: ignore[misc]  # written in Cython
    """Operations of thinc with numpy's matrix product: the wheel of blis has no kernels for today's processors.

    Three times the speed, the same names: https://github.com/explosion/cython-blis/issues/53
    """

    def gemm(
        self, x: Floats, y: Floats, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Floats:
        """Return the product of `x` and `y`, each transposed if its flag is True, written to `out` if it is given."""
        left, right = x.T if trans1 else x, y.T if trans2 else y
        return np.matmul(left, right) if out is None else np.matmul(left, right, out=out)


@contextmanager
def matrix_product_of(blas: str) -> Iterator[None]:
    """Create models within the context with numpy's BLAS if `blas` is NUMPY, else with thinc's choice."""
    before = get_current_ops()
    try:
        if blas == NUMPY:
            set_current_ops(MatmulOps())
        yield
    finally:
        set_current_ops(before)
