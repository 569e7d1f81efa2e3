"""`sagsgang export`: the archive's documents on standard output or in a file."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.utils import translation

from sagsgang import samples
from sagsgang.archive.export.documents import documents
from sagsgang.archive.models import Publication
from sagsgang.archive.publishing import publish
from sagsgang.minutes import read

from .conftest import Sagsgang

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def archive(monkeypatch: pytest.MonkeyPatch):
    """The first three sample documents, in the archive of the tests."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])
    for path in samples.paths()[:3]:
        publish(read(path))
    with translation.override("da"):
        yield


def test_documents_come_on_standard_output(sagsgang: Sagsgang) -> None:
    done = sagsgang("export")
    assert (done.status, done.err) == (0, "")
    assert done.lines == [*documents()]


def test_documents_are_put_in_a_file(sagsgang: Sagsgang, desk: Path) -> None:
    done = sagsgang("export", "--format", "parquet", "--out", "referater.parquet")
    assert (done.status, done.out) == (0, "")
    assert done.err == "3 dokumenter lagt i referater.parquet.\n"
    assert pq.read_table("referater.parquet").to_pylist() == [*documents()]


def test_a_file_is_there_whole_or_as_it_was(sagsgang: Sagsgang, desk: Path, monkeypatch) -> None:
    Path("alle.jsonl").write_text("som det var")

    def broken(self: Publication) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Publication, "text", property(broken))
    done = sagsgang("export", "--out", "alle.jsonl")
    assert done.status == 1
    assert [path.name for path in desk.iterdir()] == ["alle.jsonl"]
    assert Path("alle.jsonl").read_text() == "som det var"


@pytest.mark.parametrize(
    ("since", "number"), [("2020-01-01", 3), ("2020-01-01T12:30", 3), ("2199-01-01", 0)]
)
def test_since_takes_a_day_or_a_time(sagsgang: Sagsgang, since: str, number: int) -> None:
    assert len(sagsgang("export", "--since", since).lines) == number


def test_what_cannot_be_asked_for_is_told(sagsgang: Sagsgang) -> None:
    wrong = sagsgang("export", "--since", "i går")
    assert (wrong.status, wrong.out) == (2, "")
    assert "--since" in wrong.err
    assert sagsgang("export", "--format", "csv").status == 2


def test_the_site_address_begins_the_documents_addresses(sagsgang: Sagsgang, settings) -> None:
    settings.SITE_ADDRESS = "https://referater.eksempel.dk"
    for document in sagsgang("export").lines:
        assert document["archive"]["address"].startswith("https://referater.eksempel.dk/lindvig/")
