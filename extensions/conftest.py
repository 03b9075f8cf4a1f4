"""Each package is tested as if it alone were installed beside Glossator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import lending, lent_process
from tests.extension_packages import installed

__all__ = ["lending", "lent_process", "package"]


@pytest.fixture(scope="module", autouse=True)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with installed(tmp_path_factory.mktemp("packages"), request.path.parent):
        yield
