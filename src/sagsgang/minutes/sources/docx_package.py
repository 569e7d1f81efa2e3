"""A Word file as a zip of parts: opened with limits, its parts parsed without entities.

Only what reading calls for is unpacked. A zip's directory may lie about sizes, so nothing is
read past the size that it states, and what it states is bounded.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Final

from lxml import etree

from ..blocks import UnreadableDocument

MOST_ENTRIES: Final = 5_000
LARGEST_EXPANDED: Final = 500_000_000
LARGEST_PART: Final = 100_000_000
HIGHEST_RATIO: Final = 200
_FREE: Final = 10_000_000

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_RELATIONS: Final = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R: Final = f"{{{_RELATIONS.decode()}}}"

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    IndexError,
)

_TOO_LARGE: Final = (
    "Word-filen er for stor at pakke ud: højst 5.000 dele og 500 MB kan læses. "
    "Gem den uden billeder, eller del den op i ét møde pr. fil."
)
_DAMAGED: Final = (
    "Word-filen er beskadiget eller beskyttet med adgangskode og kan ikke åbnes. "
    "Åbn den i Word, og gem den igen, eller gem den som PDF."
)


class Relation:
    """Where a relationship of a part leads: a part of the package, or an address outside."""

    __slots__ = ("external", "kind", "target")

    def __init__(self, kind: str, target: str, external: bool) -> None:
        self.kind = kind
        self.target = target
        self.external = external


class Package:
    """The parts of a Word file."""

    def __init__(self, data: bytes) -> None:
        """Opens the zip.

        Raises:
            UnreadableDocument: it is damaged, encrypted, or expands to too much.
        """
        if data.count(b"PK\x01\x02") > 2 * MOST_ENTRIES:
            raise UnreadableDocument(_TOO_LARGE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise UnreadableDocument(_DAMAGED) from error
        expanded = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_ENTRIES or expanded > LARGEST_EXPANDED:
            raise UnreadableDocument(_TOO_LARGE)
        self._sizes = {entry.filename: entry for entry in entries}

    def names(self) -> set[str]:
        """The names of the parts."""
        return set(self._sizes)

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or `None` where the package has no such part.

        Raises:
            UnreadableDocument: the part is damaged, encrypted, or expands to too much.
        """
        entry = self._sizes.get(name)
        if entry is None:
            return None
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableDocument(_DAMAGED)
        too_dense = entry.file_size > _FREE + HIGHEST_RATIO * entry.compress_size
        if entry.file_size > LARGEST_PART or too_dense:
            raise UnreadableDocument(
                f"Word-filens del »{name[:80]}« pakker ud til for meget. Gem dokumentet igen i "
                "Word, eller gem det som PDF."
            )
        try:
            with self._zip.open(entry) as part:
                return part.read(entry.file_size)
        except _BROKEN as error:
            raise UnreadableDocument(_DAMAGED) from error

    def tree(self, name: str) -> etree._Element | None:
        """A part's tree, or `None` where the package has no such part.

        Raises:
            UnreadableDocument: the part cannot be read or is not XML.
        """
        data = self.read(name)
        if data is None:
            return None
        try:
            return etree.fromstring(checked_xml(data), parser())
        except etree.LxmlError as error:
            raise UnreadableDocument(_DAMAGED) from error

    def relations(self, name: str) -> dict[str, Relation]:
        """The relationships of a part by their id."""
        folder, _, base = name.rpartition("/")
        root = self.tree(f"{folder}/_rels/{base}.rels".lstrip("/"))
        found: dict[str, Relation] = {}
        if root is None:
            return found
        for relation in root.iterchildren("{*}Relationship"):
            target = relation.get("Target") or ""
            external = relation.get("TargetMode") == "External"
            if not external:
                inside = target if target.startswith("/") else f"{folder}/{target}"
                target = posixpath.normpath(inside).lstrip("/")
            kind = (relation.get("Type") or "").rpartition("/")[2]
            found[relation.get("Id") or ""] = Relation(kind, target, external)
        return found


def checked_xml(data: bytes) -> bytes:
    """A part's XML with the names of strict Office files made the usual ones.

    Raises:
        UnreadableDocument: it declares a document type, as Word never does.
    """
    if b"<!DOCTYPE" in data.replace(b"\0", b"")[:4_096]:
        raise UnreadableDocument(_DAMAGED)
    if _STRICT in data[:8_192]:
        data = data.replace(_STRICT, _TRANSITIONAL).replace(_STRICT_RELATIONS, _RELATIONS)
    return data


def parser() -> etree.XMLParser:
    """A parser that fetches nothing, expands nothing and keeps libxml2's limits."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
