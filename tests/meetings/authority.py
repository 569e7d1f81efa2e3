"""A certification authority for tests, and the seal it gives Lindvig Kommune."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sagsgang.archive.sealed import TRIAL_CERTIFICATE, TRIAL_ROOT
from sagsgang.meetings import trial

PASSWORD = "lindvig"


class Authority(NamedTuple):
    """The root's certificate as PEM, and the municipality's with its key as PKCS #12."""

    root: Path
    seal: Path


def make(folder: Path) -> Authority:
    """A new authority, its files in the folder."""
    trial.make(folder, "Lindvig Kommune", PASSWORD)
    return Authority(folder / TRIAL_ROOT, folder / TRIAL_CERTIFICATE)
