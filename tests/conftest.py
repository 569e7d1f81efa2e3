"""What all tests share: the real documents beside the project, and how hard hypothesis tries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT.parent / "shared" / "seeds"

# A shared machine is slow now and then: time is measured by the benchmarks, not by deadlines.
settings.register_profile("default", deadline=None, max_examples=50)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=50,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "default")
)


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root folder."""
    return PROJECT


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The five real sets of minutes that lie beside the project, and are no part of it."""
    found = sorted(SEEDS.glob("*.txt"))
    if not found:
        pytest.skip("the real documents are not beside the project (../shared/seeds)")
    return found
