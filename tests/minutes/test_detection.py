"""A file's type is told from its bytes, and what cannot be read is refused by name."""

from __future__ import annotations

import io
import json
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.blocks import UnreadableDocument
from sagsgang.minutes.sources import FORMATS, open_blocks
from sagsgang.minutes.sources.detection import kind_of


def archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as each:
        for name in names:
            each.writestr(name, "x")
    return file.getvalue()


def word() -> bytes:
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Godkendt.")
    document.save(file)
    return file.getvalue()


AGENDA = json.dumps({"Dagsordenpunkter": [{"Number": "1", "Caption": "Godkendt."}]}).encode()
XML = b"<Dagsorden><Dagsordenpunkt Nummer='1'/></Dagsorden>"
HTML = b"<!doctype html><title>x</title><p>Godkendt.</p>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n" * 1_000 + b"%PDF-1.7\n", "pdf"),
        (word(), "docx"),
        (AGENDA, "json"),
        (b"\xef\xbb\xbf \n" + AGENDA, "json"),
        (b"[" + AGENDA + b"]", "json"),
        (XML, "xml"),
        (b"<?xml version='1.0'?>" + XML, "xml"),
        (b"<!-- x -->\n" + XML, "xml"),
        (HTML, "html"),
        (b"\n<!-- a --><!-- b --><HTML><p>x", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'><p>x</p></html>", "html"),
        ("<html><p>Åbent".encode("utf-16"), "html"),
        (b"<p>a</p>\n<p>b</p>\n<p>c</p>", "html"),
        (b"<div class='x'><h2>a</h2><span>b</span></div>", "html"),
        (b"# Referat\n\n- at <b>sagen</b> <i>godkendes</i><br>\n\n<p>x</p>\n\nlinje\n", "text"),
        (b"<br>\nReferat\n", "text"),
        (b"[Dagsorden](https://lindvig.dk) for i dag", "text"),
        (b"{ikke JSON}", "text"),
        ("Referat\nÅbent".encode("cp1252"), "text"),
        ("Referat\nÅbent".encode("utf-16"), "text"),
        (b"BMI og RIFF er forkortelser", "text"),
        (b"MZ", "text"),
    ],
)
def test_the_kind_is_told_from_the_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "tom"),
        (b" \n\t", "tom"),
        (archive("xl/workbook.xml"), "Excel"),
        (archive("ppt/presentation.xml"), "PowerPoint"),
        (archive("mimetype", "content.xml"), "OpenDocument"),
        (archive("META-INF/container.xml"), "EPUB"),
        (archive("a.txt", "b.txt"), "2 filer"),
        (b"PK\x03\x04", "beskadiget"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.doc, .*\.docx eller PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a\0\0", "GIF"),
        (b"ID3\x04\0\0", "MP3"),
        (b"\0\0\0\x18ftypmp42", "MP4"),
        (b"RIFF\0\0\0\0WAVE", "RIFF"),
        (b"{\\rtf1 Referat}", "RTF"),
        (b"\x1f\x8b\x08\0", r"gzip.*Pak den ud"),
        (b"From: <Gemt>\r\nMIME-Version: 1.0\r\n\r\n<html>", "MHTML"),
        (b"Referat\0", "ikke tekst"),
        (bytes(range(1, 32)) * 20, "ikke tekst"),
        (b"\xff\xfe" + bytes(range(1, 8)) * 80 + b"\0" * 80, "ikke tekst"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        kind_of(data)


def test_a_name_does_not_decide() -> None:
    assert open_blocks(word(), "referat.pdf").media_type.endswith("wordprocessingml.document")
    assert open_blocks(b"# Referat", "referat.docx").media_type == "text/markdown"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (word(), FORMATS[1].media_types[0]),
        (HTML, "text/html"),
        (AGENDA, "application/json"),
        (XML, "application/xml"),
        (b"# Referat\n\nGodkendt.", "text/markdown"),
        (b"Referat\n\nGodkendt.", "text/plain"),
        (b"[Referat](https://lindvig.dk)", "text/plain"),
        (b'["Referat" er ikke JSON', "text/plain"),
    ],
)
def test_every_kind_is_opened(data: bytes, media_type: str) -> None:
    stream = open_blocks(data)
    assert stream.media_type == media_type
    assert stream.blocks


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b'{"a": 1}', "", "Dagsordenpunkter"),
        (b'["a"', "a.json", "JSON-filen kan ikke læses"),
        (b'{"a": ', "", "linje 1"),
        (b"%PDF-1.7", "", "PDF"),
        (b"<?xml version='1.0'?><a", "", "XML-filen"),
    ],
)
def test_a_known_kind_with_other_content_is_refused(data: bytes, name: str, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        open_blocks(data, name)


def test_links_within_a_site_are_completed() -> None:
    page = b"<!doctype html><p><a href='/a'>x</a></p>"
    (block,) = open_blocks(page, address="https://lindvig.dk/b").blocks
    assert block.text == "[x](https://lindvig.dk/a)"


def test_the_formats_that_are_listed() -> None:
    assert [each.name for each in FORMATS][:4] == ["PDF", "Word", "HTML", "FirstAgenda"]
    for each in FORMATS:
        assert all(ending.startswith(".") for ending in each.endings)
        assert all("/" in media_type for media_type in each.media_types)
        assert each.danish != each.english


def test_many_comments_take_no_time() -> None:
    assert kind_of(b"<!---->" * 9_000 + b"x") == "text"
    assert kind_of(b"<!--" * 15_000) == "text"


STARTS = st.sampled_from(
    [b"", b"%PDF-", b"PK\x03\x04", word()[:300], b"\xd0\xcf\x11\xe0", b"{", b"[", b'{"a":', b"<",
     b"<?xml ", b"<html>", b"<!--", b"\xff\xfe", b"\xef\xbb\xbf", b"<Dagsorden>", HTML, AGENDA]
)  # fmt: skip


@given(STARTS, st.binary(max_size=120), st.sampled_from(["", "a.json", "a.pdf", "a.docx"]))
def test_any_bytes_are_opened_or_refused(start: bytes, rest: bytes, name: str) -> None:
    try:
        stream = open_blocks(start + rest, name)
    except UnreadableDocument as error:
        message = str(error)
    else:
        message = "."
        assert stream.media_type in {each for form in FORMATS for each in form.media_types}
    assert message.endswith(".")
