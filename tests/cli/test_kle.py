"""`sagsgang kle`: the municipality's own KLE is taken in, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.archive.test_kle import PLAIN

from .conftest import Sagsgang


@pytest.mark.usefixtures("own_archive")
def test_the_subjects_are_counted_and_another_file_is_refused(
    apart: Sagsgang, tmp_path: Path
) -> None:
    file = tmp_path / "emneplan.xml"
    file.write_text(PLAIN, "utf-8")
    assert apart("kle", str(file)) == (0, "", "3 emner, heraf 1 udgåede.\n")
    file.write_text("ikke XML", "utf-8")
    refused = apart("kle", str(file))
    assert refused.status == 2
    assert "er ikke en emneplan fra KL" in refused.err
