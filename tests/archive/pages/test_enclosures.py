"""Stored copies of attachments."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.archive.documents import item, meeting

from sagsgang.archive import files
from sagsgang.archive.models import StoredFile
from sagsgang.minutes import Attachment

from .reading import MEETING, Seen, published

pytestmark = pytest.mark.django_db
SOURCE = "https://lindvig.example/plan.pdf"
COPY = f"{MEETING}1/bilag/1/"
TEXT = b"%PDF-1.7 Plan"


@pytest.fixture
def kept(settings, tmp_path: Path) -> StoredFile:
    settings.MEDIA_ROOT = tmp_path
    file = StoredFile.objects.create(
        sha256=files.keep(TEXT), size=len(TEXT), media_type="application/pdf"
    )
    attached = item(attachments=(Attachment("Bilag 1. Plan.pdf", SOURCE), Attachment("Notat")))
    published(meeting(attached), files={SOURCE: file})
    return file


def test_the_item_leads_to_the_source_and_to_the_copy(client: Client, kept: StoredFile) -> None:
    links = Seen(client, f"{MEETING}1/").links()
    assert links["Bilag 1. Plan.pdf"] == SOURCE
    assert links["arkivets kopi: Bilag 1. Plan.pdf"] == COPY
    assert "Notat" not in links


def test_the_copy_is_a_file_to_save_under_the_attachments_title(
    client: Client, kept: StoredFile
) -> None:
    response = client.get(COPY)
    assert response.getvalue() == TEXT
    assert response.headers["Content-Disposition"] == 'attachment; filename="bilag-1-plan.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    again = client.get(COPY, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("number", [2, 3])
def test_there_is_no_copy_of_what_was_not_fetched(
    client: Client, kept: StoredFile, number: int
) -> None:
    response = client.get(f"{MEETING}1/bilag/{number}/")
    assert response.status_code == 404
    assert "ikke nogen kopi" in response.content.decode()


def test_a_copy_that_was_lost_is_told_as_missing(client: Client, kept: StoredFile) -> None:
    files.path_of(kept.sha256).unlink()
    assert client.get(COPY).status_code == 404
