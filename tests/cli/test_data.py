"""The options of commands that touch the archive: which data folder, and which language."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sagsgang.cli.data import Data, ready
from sagsgang.cli.refusal import Refusal

SHOW = """
import sys
from pathlib import Path
from sagsgang.cli.data import Data, ready
print(ready(Data(Path(sys.argv[1]) if sys.argv[1:] else None)))
"""


def set_up(*arguments: str, **environment: str) -> str:
    """What a command that is told of a data folder finds, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", SHOW, *arguments],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=True,
    )
    return done.stdout.strip()


def test_the_named_folder_goes_before_that_of_the_environment(tmp_path: Path) -> None:
    named, other = tmp_path / "named", tmp_path / "other"
    assert set_up(str(named), SAGSGANG_DATA=str(other)) == str(named)
    assert (named / "sagsgang.sqlite3").is_file()
    assert not other.exists()
    shutil.copytree(named, other)  # making another takes seconds
    assert set_up(SAGSGANG_DATA=str(other)) == str(other)


def test_a_folder_that_cannot_be_used_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="--data"):
        ready(Data(tmp_path / "file" / "folder"))
