"""`sagsgang reindex`: the index of the search, built anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Sagsgang, Write


@pytest.mark.usefixtures("own_archive")
def test_the_index_is_built_of_what_is_in_the_archive(apart: Sagsgang, write: Write) -> None:
    assert apart("reindex").err == "Søgeindekset er bygget: 0 punkter.\n"
    write("a.md")
    assert apart("import", "a.md").status == 0
    done = apart("reindex", "--language", "en")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("The index was built: ")
    assert "0 items" not in done.err


def test_a_folder_that_cannot_be_used_is_told(apart: Sagsgang, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = apart("reindex", "--data", str(tmp_path / "file" / "folder"))
    assert done.status == 2
    assert "--data" in done.err
