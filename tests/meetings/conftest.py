from __future__ import annotations

import pytest

from .house import House, build


@pytest.fixture
def house(db: None) -> House:
    return build()
