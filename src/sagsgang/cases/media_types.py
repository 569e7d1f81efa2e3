"""What a file is, told by its content, and whether its name says the same."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import Final

from sagsgang.minutes.words import Words

from .refused import Refused

UNKNOWN: Final = "application/octet-stream"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"

_BEGINNINGS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_IN_ZIP: Final = (
    ("word/", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/", f"{_OFFICE}.spreadsheetml.sheet"),
    ("ppt/", f"{_OFFICE}.presentationml.presentation"),
)
_PACKED: Final = frozenset(
    f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet", "presentation")
)
"""What a packed file that says itself what it is may say: anything else could be shown as it."""
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"#!")
_NAMED: Final = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".rtf": "application/rtf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".zip": "application/zip",
    **dict.fromkeys((".doc", ".xls", ".ppt", ".msg"), "application/x-ole-storage"),
    **dict.fromkeys((".txt", ".csv", ".md"), "text/plain"),
}
"""What a file with each ending must be; those with other endings may be anything but programs."""


def media_type_of(name: str, data: bytes) -> str:
    """The media type of a file.

    Raises:
        Refused: it is empty, a program, or not what its name says.
    """
    if not data:
        raise Refused(Words("Filen er tom.", "The file is empty."))
    found = _told_by(data)
    ending = PurePath(name).suffix.lower()
    if data.startswith(_PROGRAMS) or found != _NAMED.get(ending, found):
        raise Refused(
            Words(
                f"»{name}« er afvist: Indholdet er ikke det, navnet siger, eller det er et "
                "program. Gem dokumentet igen i det program, det er skrevet i.",
                f"“{name}” was refused: its content is not what the name says, or it is a program. "
                "Save the document again in the program that it was written in.",
            )
        )
    return "text/csv" if (found, ending) == ("text/plain", ".csv") else found


def _told_by(data: bytes) -> str:
    for beginning, media_type in _BEGINNINGS:
        if data.startswith(beginning):
            return media_type
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK"):
        return _told_by_zip(data)
    return "text/plain" if _is_text(data) else UNKNOWN


def _told_by_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            names = zipped.namelist()
            if names and names[0] == "mimetype" and zipped.getinfo("mimetype").file_size < 100:
                said = zipped.read("mimetype").decode("ascii", "replace").strip()
                return said if said in _PACKED else "application/zip"
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError):
        return UNKNOWN
    for folder, media_type in _IN_ZIP:
        if any(name.startswith(folder) for name in names):
            return media_type
    return "application/zip"


def _is_text(data: bytes) -> bool:
    if b"\0" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return True
