"""The folder that `--out` names: what each document's file is called, and what is already there.

A small manifest in the folder tells which document each file was written from, so that a run
that was broken off can go on, and a document that has not changed is not read again.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .gathering import Document, said
from .language import say
from .manifest import MANIFEST, Entry, Stamp, load, paths, safe, text
from .refusal import Refusal

_SECONDS_BETWEEN: Final = 2.0
# A large manifest takes longer to write: at most a twentieth of the time goes to it.
_SHARE: Final = 20.0
# `.pdf`, but not the end of `Møde d. 18.6`.
_ENDING: Final = re.compile(r"(?<=[^/])\.[A-Za-z][A-Za-z0-9]{0,8}$")


@dataclass(slots=True)
class Folder:
    """The folder, with its manifest in memory: file name to what it was written from."""

    path: Path
    settings: str
    entries: dict[str, Entry] = field(default_factory=dict)
    _saved: float = field(default_factory=time.monotonic)
    _took: float = 0.0
    _changed: bool = False

    @classmethod
    def open(cls, path: Path, settings: str) -> Folder:
        """The folder, made if it is not there; `settings` is a fingerprint of the options.

        Raises:
            Refusal: the folder cannot be made, or is a file.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise Refusal(
                say(
                    f"--out: {path} er en fil. Nævn en mappe.",
                    f"--out: {path} is a file. Name a folder.",
                )
            ) from error
        except OSError as error:
            raise Refusal(f"--out: {path}: {said(error)}") from error
        return cls(path, settings, load(path))

    def written(self) -> set[str]:
        """Absolute paths of the files that earlier runs have written."""
        return paths(self.path, self.entries)

    def names(self, documents: Sequence[Document], ending: str) -> list[str]:
        """What each document's file is called: its own relative path, with another ending.

        A document that has a file already keeps it. Where several would have the same name,
        they keep their own endings too (`møde.docx.json`, `møde.pdf.json`); where that is not
        enough, they are numbered in the order of the documents. No file takes the place of a
        document that is to be read.
        """
        known = {
            entry.source: name for name, entry in self.entries.items() if name.endswith(ending)
        }
        taken = self._documents_within(documents)
        names: list[str | None] = []
        for document in documents:
            name = known.get(_source(document))
            if name is not None and name.casefold() not in taken:
                taken.add(name.casefold())
                names.append(name)
            else:
                names.append(None)
        new = [document for document, name in zip(documents, names, strict=True) if name is None]
        given = iter(_new_names(new, ending, taken))
        return [name or next(given) for name in names]

    def is_done(self, name: str, document: Document) -> bool:
        """Whether a document's file is there, and neither document nor options have changed.

        A document that only has a new time is known by its SHA-256.
        """
        entry = self.entries.get(name)
        if entry is None or entry.source != _source(document) or entry.settings != self.settings:
            return False
        try:
            now = os.stat(document.source)  # noqa: PTH116 (speed)
            if now.st_size != entry.stamp.size or not (self.path / name).is_file():
                return False
            if now.st_mtime_ns == entry.stamp.changed:
                return True
            with open(document.source, "rb") as file:  # noqa: PTH123
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return False
        if sha256 != entry.stamp.sha256:
            return False
        self.record(name, document, Stamp(now.st_size, now.st_mtime_ns, sha256))
        return True

    def record(self, name: str, document: Document, stamp: Stamp) -> None:
        """Notes that a document's file has been written; now and then this is saved."""
        self.entries[name] = Entry(_source(document), stamp, self.settings)
        self._changed = True
        since = time.monotonic() - self._saved
        if since > max(_SECONDS_BETWEEN, _SHARE * self._took):
            self.save()

    def save(self) -> None:
        """Writes the manifest, if anything has changed.

        Raises:
            OSError: it cannot be written.
        """
        if not self._changed:
            return
        began = time.monotonic()
        write(self.path / MANIFEST, text(self.entries))
        self._changed = False
        self._saved = time.monotonic()
        self._took = self._saved - began

    def _documents_within(self, documents: Iterable[Document]) -> set[str]:
        """The documents that lie in the folder themselves, by the names that files would have."""
        root = os.path.join(os.path.abspath(self.path), "")  # noqa: PTH100, PTH118
        sources = (_source(document) for document in documents)
        return {
            source[len(root) :].replace(os.sep, "/").casefold()
            for source in sources
            if source.startswith(root)
        }


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes a file so that at any moment the old one or the new one is there, whole.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _source(document: Document) -> str:
    """What tells documents apart in the manifest: an absolute path, or an address."""
    if "://" in document.source:
        return document.source
    return os.path.abspath(document.source)  # noqa: PTH100


def _new_names(documents: Sequence[Document], ending: str, taken: set[str]) -> list[str]:
    bases = [safe(document.relative) for document in documents]
    stems = [_ENDING.sub("", base) for base in bases]
    times = Counter(stem.casefold() for stem in stems)
    names = []
    for base, stem in zip(bases, stems, strict=True):
        alone = times[stem.casefold()] == 1 and f"{stem}{ending}".casefold() not in taken
        stem = stem if alone else base
        name, number = f"{stem}{ending}", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{ending}"
        taken.add(name.casefold())
        names.append(name)
    return names
