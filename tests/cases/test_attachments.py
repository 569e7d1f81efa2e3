"""Attachments: what is let in, frozen with its revision, carried on, and handed over when open."""

from __future__ import annotations

import io
import re
import socketserver
import struct
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.meetings.house import House, build

from sagsgang.archive import files
from sagsgang.archive.models import Enclosure, Publication, StoredFile
from sagsgang.cases import approval, attachments, drafting, log
from sagsgang.cases.models import File, Presentation, Treatment
from sagsgang.cases.refused import Refused
from sagsgang.cases.revisions import EditedMeanwhile, attached
from sagsgang.cases.rights import Forbidden
from sagsgang.meetings import agenda, documents, session
from sagsgang.minutes import Item, Minutes
from sagsgang.minutes.sources.pdf import opened
from sagsgang.minutes.writers.docx import to_docx
from sagsgang.minutes.writers.pdf import to_pdf

EICAR = b"FAKE-VIRUS"


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path) -> House:
    settings.WORKING_ROOT, settings.MEDIA_ROOT = tmp_path / "working", tmp_path / "files"
    return build()


@pytest.fixture
def draft(house: House) -> Presentation:
    return house.case().treatments.get(order=1).presentation


def add(house: House, draft: Presentation, name: str, data: bytes, **given: Any):
    found = attachments.add(house.officer, draft, name, data, revision=draft.revision, **given)
    draft.refresh_from_db()
    return found


def office(*names: str, said: str = "application/vnd.oasis.opendocument.text") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        for name in names:
            zipped.writestr(name, said)
    return written.getvalue()


# What is let in


def test_what_somebody_may_not_hand_in_is_not_read(house, draft, monkeypatch):
    monkeypatch.setattr(attachments, "media_type_of", lambda *_: pytest.fail("was read"))
    for actor in (house.member("Ida Holm"), house.users["director"]):
        with pytest.raises(Forbidden):
            attachments.add(actor, draft, "brev.txt", b"Brev", revision=draft.revision)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("a.png", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.csv", b"a,b\n1,2\n", "text/csv"),
        ("a.txt", "æøå".encode("cp1252"), "text/plain"),
        ("a.xlsx", office("xl/workbook.xml"),
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", office("mimetype"), "application/vnd.oasis.opendocument.text"),
        ("a.epub", office("mimetype", said="text/html"), "application/zip"),
        ("a.dwg", b"AC1032\0\0", "application/octet-stream"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_tells(house, draft, name, data, media_type):
    assert add(house, draft, name, data).file.media_type == media_type


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"MZ\x90\0"),
        ("a.dwg", b"\x7fELF"),
        ("a.pdf", b"<html>"),
        ("a.docx", office("xl/workbook.xml")),
        ("a.png", b"%PDF-1.7"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.pdf", b""),
    ],
)
def test_a_file_that_is_not_what_it_is_called_is_refused(house, draft, name, data):
    with pytest.raises(Refused):
        add(house, draft, name, data)
    assert not File.objects.exists()
    assert draft.revision == 2


def test_a_file_that_is_too_large_is_refused(house, draft, settings):
    settings.ATTACHMENT_MB = 1
    with pytest.raises(Refused, match="højst fylde 1 MB"):
        add(house, draft, "a.txt", b"x" * (2**20 + 1))


def test_the_text_of_a_pdf_is_read(house, draft):
    paper = to_pdf(Minutes(municipality="Lindvig", items=(Item("1", "Mentorordningen"),)))
    assert "Mentorordningen" in add(house, draft, "a.pdf", paper).file.text


def test_an_open_attachment_with_a_cpr_number_is_not_sent_on(house, draft):
    found = add(house, draft, "brev.txt", b"Borger (CPR 010190-1234)")
    with pytest.raises(Refused, match="CPR-nummer, i bilag: »brev«"):
        approval.send(house.officer, draft)
    attachments.change(house.officer, found, closed=True, revision=draft.revision)
    draft.refresh_from_db()
    assert approval.send(house.officer, draft)


# Viruses


class _Clamd(socketserver.BaseRequestHandler):
    """What clamd says to `INSTREAM`."""

    def handle(self) -> None:
        assert self.request.recv(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!L", self._exactly(4))[0]:
            data += self._exactly(length)
        said = b"stream: Eicar-Test-Signature FOUND" if EICAR in data else b"stream: OK"
        self.request.sendall(said + b"\0")

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += self.request.recv(count - len(data))
        return data


@pytest.fixture(params=["tcp", "unix"])
def clamd(request: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    """A scanner that knows one virus."""
    if request.param == "tcp":
        server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd)
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
    else:
        settings.CLAMD = str(tmp_path / "clamd")
        server = socketserver.ThreadingUnixStreamServer(settings.CLAMD, _Clamd)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield
    server.shutdown()
    server.server_close()


def test_a_virus_is_refused_and_kept_nowhere(house, draft, clamd, settings):
    assert add(house, draft, "a.txt", b"x" * 200_000).file.scanned
    with pytest.raises(Refused, match="Viruskontrollen fandt noget"):
        add(house, draft, "b.txt", b"x" * 200_000 + EICAR)
    assert len(list(files.hashes(settings.WORKING_ROOT))) == 1


def test_without_an_answer_files_are_refused_unless_the_setting_lets_them_in(
    house, draft, settings, tmp_path
):
    settings.CLAMD = str(tmp_path / "nobody")
    with pytest.raises(Refused, match="viruskontrollen svarer ikke"):
        add(house, draft, "a.txt", b"x")
    settings.CLAMD_REQUIRED = False
    assert not add(house, draft, "a.txt", b"x").file.scanned


# Frozen with the revision


def test_each_revision_keeps_the_attachments_it_had(house, draft):
    first = add(house, draft, "a.txt", b"en")
    add(house, draft, "b.txt", b"to", title="Andet", closed=True)
    attachments.replace(house.officer, first, "c.txt", b"tre", revision=draft.revision)
    draft.refresh_from_db()
    attachments.move(house.officer, first, 2, revision=draft.revision)
    draft.refresh_from_db()
    attachments.remove(house.officer, first, revision=draft.revision)
    draft.refresh_from_db()
    kept = [
        [(one.title, one.name, attachments.bytes_of(one.sha256)) for one in attached(draft, number)]
        for number in range(2, draft.revision + 1)
    ]
    a, b, c = ("a", "a.txt", b"en"), ("Andet", "b.txt", b"to"), ("a", "c.txt", b"tre")
    assert kept == [[], [a], [a, b], [c, b], [b, c], [b]]
    assert list(log.verify()) == []


def test_two_at_once_do_not_lose_each_others_attachments(house, draft):
    attachments.add(house.officer, draft, "a.txt", b"en", revision=draft.revision)
    with pytest.raises(EditedMeanwhile):
        attachments.add(house.users["leader"], draft, "b.txt", b"to", revision=draft.revision)


def test_the_next_body_gets_the_attachments_that_were_before_this_one(house):
    treatment = house.ready_with(("Brev", False), ("Notat", True))
    meeting = house.meeting()
    item = agenda.take_in(house.secretary, meeting, treatment)
    agenda.publish(house.secretary, meeting)
    session.open_meeting(house.secretary, meeting)
    session.decide(house.secretary, item, "Anbefales.", "recommended")
    council = Treatment.objects.get(case=treatment.case, order=2).presentation
    assert attached(council, 1) == attached(treatment.presentation, item.revision)
    drafting.save(house.officer, council, {"title": "Til Byrådet"}, revision=1)
    assert len(attached(council, 2)) == 2


def test_a_file_that_is_lost_is_told(house, draft, settings):
    found = add(house, draft, "brev.txt", b"en")
    assert list(attachments.lost()) == []
    files.path_of(found.file.sha256, settings.WORKING_ROOT).write_bytes(b"to")
    assert list(attachments.lost()) == ["brev.txt"]


# Handed over


def test_the_files_of_open_attachments_are_published_and_those_of_closed_ones_are_not(
    house, settings
):
    treatment = house.ready_with(("Brev", False), ("Notat", True))
    closed_case = house.case(closed=True, ground="fvl. § 27").treatments.get(order=1)
    add(house, closed_case.presentation, "hemmelig.txt", b"HEMMELIG")
    meeting = house.meeting()
    agenda.take_in(house.secretary, meeting, treatment)
    agenda.take_in(house.secretary, meeting, house.through(closed_case))
    agenda.publish(house.secretary, meeting)
    enclosure = Enclosure.objects.get()
    assert (enclosure.title, enclosure.file) == ("Brev", StoredFile.objects.get())
    assert len(list(files.hashes(settings.MEDIA_ROOT))) == 1
    page = enclosure.item.get_absolute_url()
    answer = Client().get(f"{page}bilag/1/")
    assert b"".join(answer.streaming_content) == b"Brev False"
    assert "urn:sha256" not in Client().get(page).content.decode()
    assert Publication.objects.get().minutes == documents.agenda(meeting)


# What is shown of it


def preview(house: House, one) -> str:
    browser = Client()
    browser.force_login(house.officer)
    return browser.get(f"/arbejde/bilag/{one.pk}/se/").content.decode()


def test_a_pdf_is_shown_page_by_page_with_its_text(house, draft):
    paper = to_pdf(Minutes("Lindvig", "Jobudvalget", items=(Item("1", title="Praktik på havnen"),)))
    one = add(house, draft, "Referat.pdf", paper)
    page = preview(house, one)
    assert "1 side<" in page
    assert "Praktik på havnen" in page
    [picture] = re.findall(r'<img[^>]* src="([^"]+)" alt="Side 1"', page)
    browser = Client()
    browser.force_login(house.officer)
    shown = browser.get(picture)
    assert shown.headers["Content-Type"] == "image/png"
    width, height = struct.unpack(">II", shown.content[16:24])
    assert width == 1000
    assert height > width
    for missing in (f"/arbejde/bilag/{one.pk}/se/{number}/" for number in (0, 2, 31)):
        assert browser.get(missing).status_code == 404
    browser.force_login(house.member("Ole Brandt"))
    assert browser.get(picture).status_code == 403


def test_a_table_is_shown_as_one_and_word_as_prose(house, draft):
    table = add(house, draft, "Tal.csv", "ydelse;antal\nFørtidspension;534\n".encode("cp1252"))
    assert '<th scope="col" class="figure">antal</th>' in preview(house, table)
    assert '<td class="figure">534</td>' in preview(house, table)
    word = add(
        house,
        draft,
        "Notat.docx",
        to_docx(Minutes("Lindvig", "Jobudvalget", items=(Item("1", title="Bus"),))),
    )
    shown = preview(house, word)
    assert "Bus" in shown
    assert "Teksten i filen" not in shown
    damaged = add(house, draft, "Skadet.pdf", b"%PDF-1.7 her er intet")
    assert "Filen kan ikke vises her" in preview(house, damaged)


def test_two_that_hand_in_a_pdf_at_once_are_read_one_at_a_time():
    """pdfium takes the whole process down otherwise."""
    paper = to_pdf(Minutes("Lindvig", "Jobudvalget", items=(Item("1", title="Praktik"),)))
    inside: list[int] = []
    most: list[int] = []

    def read() -> None:
        with opened(paper):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 4
