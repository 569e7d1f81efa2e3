"""Files of the whole archive are made once, and sent whole or in parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from filelock import FileLock

from sagsgang.archive.export import kept
from sagsgang.archive.publishing import publish

from ..documents import meeting

pytestmark = pytest.mark.django_db

FILE = "/data/referater.jsonl"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    publish(meeting())
    return tmp_path / "bulk" / "referater.jsonl"


def made(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name != "lock"]


def content(client: Client, **headers: str) -> tuple[int, bytes]:
    response = client.get(
        FILE, headers={name.replace("_", "-"): of for name, of in headers.items()}
    )
    return response.status_code, b"".join(response.streaming_content)


def test_a_file_is_made_once_for_each_edition(client: Client, folder: Path) -> None:
    first = content(client)
    names = made(folder)
    assert first == content(client)
    publish(meeting(date="2026-04-01"))
    assert content(client) != first
    assert (len(names), len(made(folder))) == (1, 2)
    client.get("/data/referater.jsonl.gz")
    assert len(made(folder)) == 2


def test_pieces_that_are_not_needed_are_not_made(client: Client, tmp_path: Path) -> None:
    content(client)

    def never() -> Iterator[bytes]:
        raise AssertionError
        yield b""

    assert kept.kept("referater.jsonl", "http://testserver", never()).path.exists()


def test_old_files_and_unfinished_ones_are_taken_away(client: Client, folder: Path) -> None:
    content(client)
    (folder / ".coming-x").touch()
    for month in range(1, 9):
        publish(meeting(date=f"2027-0{month}-01"))
        content(client)
    assert len(made(folder)) == 4


def test_a_part_may_be_asked_for(client: Client) -> None:
    _, whole = content(client)
    assert content(client, Range="bytes=10-19") == (206, whole[10:20])
    assert content(client, Range="bytes=-5") == (206, whole[-5:])
    etag = client.get(FILE)["ETag"]
    assert content(client, Range="bytes=0-3", If_Range=etag) == (206, whole[:4])
    assert content(client, Range="bytes=0-3", If_Range='"another"') == (200, whole)


def test_while_one_makes_it_the_others_send_the_one_before(client: Client, folder: Path) -> None:
    first, etag = content(client), client.get(FILE)["ETag"]
    publish(meeting(date="2026-04-01"))
    with FileLock(folder / "lock"):
        assert content(client) == first
        assert client.get(FILE)["ETag"] == etag
    assert content(client) != first


def test_where_there_is_none_before_one_is_asked_to_come_again(
    client: Client, folder: Path
) -> None:
    folder.mkdir(parents=True)
    with FileLock(folder / "lock"):
        response = client.get(FILE)
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_where_it_cannot_be_written_the_one_before_is_sent(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = content(client)
    publish(meeting(date="2026-04-01"))

    def full(path: Path, pieces: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "_make", full)
    assert content(client) == first
    response = client.get("/data/referater.parquet")
    assert (response.status_code, response["Retry-After"]) == (503, "86400")
    assert "kan ikke laves" in response.text


def test_a_file_that_could_not_be_written_in_full_is_not_there(
    client: Client, folder: Path
) -> None:
    def broken() -> Iterator[bytes]:
        yield b"en linje\n"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        kept.kept("referater.jsonl", "http://testserver", broken())
    assert made(folder) == []


def test_what_is_asked_for_at_another_address_has_that_address(client: Client) -> None:
    _, here = content(client)
    response = client.get(FILE, headers={"Host": "localhost"})
    assert b"http://localhost/" in b"".join(response.streaming_content)
    assert b"http://testserver/" in here
