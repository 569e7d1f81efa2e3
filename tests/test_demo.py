"""`make demo` fills an archive with the samples, and does so again without harm."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_samples_get_into_the_archive_once(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "src"), "LC_ALL": "da_DK.UTF-8"}
    environment.pop("LANGUAGE", None)
    # The environment that runs the tests is there already: nothing is to be installed in it.
    command = ["make", "-o", f"{sys.prefix}/installed", "demo", "DEMO_SERVE=0"]
    command += [f"VENV={sys.prefix}", f"DEMO={tmp_path / 'demo'}"]
    said = []
    for _ in range(2):
        done = subprocess.run(
            command, cwd=PROJECT, env=environment, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        said.append(done.stdout + done.stderr)
    assert "10 nye" in said[0]
    assert "10 uændrede" in said[1]
    assert "sagsgang serve --data" in said[1]
    for words in said:
        assert re.search(r"\n  lindvig-[\d-]{11}\n", words)
        assert re.search(
            r"Udvalgssekretær, .*:\n  http://127\.0\.0\.1:8000/arbejde/konto/ind/", words
        )
