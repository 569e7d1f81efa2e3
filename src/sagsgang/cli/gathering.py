"""What the user named, as the documents to read: files, folders and web addresses."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from .language import say
from .manifest import MANIFEST, written, written_here
from .trouble import full

# Endings of files that are never minutes. In a folder they are passed over; a file that is
# named outright is always tried.
NEVER_MINUTES: Final = frozenset(
    # program code, settings and other things that live beside documents
    ".py .pyc .pyi .ipynb .r .js .mjs .ts .map .css .scss .sh .bat .ps1 .toml .ini .cfg .yaml .yml "
    ".lock .log .db .sqlite .sqlite3 .parquet .bak .tmp .part .crdownload "
    # pictures, fonts, sound and film
    ".png .jpg .jpeg .gif .bmp .webp .svg .ico .tif .tiff .heic .woff .woff2 .ttf .otf .eot "
    ".mp3 .m4a .wav .ogg .mp4 .m4v .mov .avi .webm .mkv "
    # programs and archives
    ".exe .dll .so .dylib .msi .jar .whl .gz .bz2 .xz .zst .tar .tgz .7z .rar "
    # spreadsheets and calendars
    ".csv .tsv .xls .xlsx .xlsm .ods .ics .vcf".split()
)
_NEVER_NAMES: Final = frozenset({"desktop.ini", "thumbs.db"})
_NEVER_FOLDERS: Final = frozenset({"__pycache__", "node_modules"})


_WEB: Final = ("http://", "https://")
_OTHER_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]+://|(?:data|file|ftp|mailto):", re.IGNORECASE)


# What is not part of a file's name on every system.
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


class Unavailable(Exception):
    """A document whose bytes cannot be had; the message says why and what to do about it."""


class Document(NamedTuple):
    """A document to read."""

    source: str
    """Its path, or its web address."""
    name: str
    """What messages call it."""
    relative: str
    """Its path in the folder that was named, with `/` between the parts."""
    size: int = 0
    """Bytes, where that is known without opening it."""


class Problem(NamedTuple):
    """Something the user named that gave no documents, and why."""

    name: str
    message: str


class Gathered(NamedTuple):
    """The documents, in the order in which they are read, and what gave none."""

    documents: list[Document]
    problems: list[Problem]


def is_address(argument: str) -> bool:
    """Whether an argument is a web address."""
    return argument[:8].lower().startswith(_WEB)


def file_name(address: str) -> str:
    """What a document from an address is called: the last part of its path, or the server."""
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    return _UNFIT.sub("-", last or parts.netloc or address)


def gather(arguments: Iterable[str], but_not: Collection[str] = frozenset()) -> Gathered:
    """The documents that the arguments name, each once, folders sorted by name.

    `but_not` holds absolute paths of files and folders that are passed over in folders. So are
    files there that `--out` has put; but where its folder itself is named, only those that were
    written from documents in it.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for argument in arguments:
        if is_address(argument):
            documents.setdefault(argument, Document(argument, argument, file_name(argument)))
        elif _OTHER_SCHEME.match(argument) and not _exists(argument):
            problems.append(Problem(argument, _wrong_address()))
        elif os.path.isdir(argument):  # noqa: PTH112 (a name too long is no folder either)
            before = len(problems)
            found = list(_in_folder(argument, "", but_not, problems))
            if not found and len(problems) == before:
                problems.append(Problem(argument, _no_documents()))
            for document in found:
                documents.setdefault(_key(document.source), document)
        else:
            name = PurePath(argument).name or argument
            documents.setdefault(
                _key(argument), Document(argument, argument, name, _size(argument))
            )
    return Gathered(list(documents.values()), problems)


def _in_folder(
    folder: str, relative: str, but_not: Collection[str], problems: list[Problem]
) -> Iterator[Document]:
    """The documents in a folder and the folders in it, sorted by name."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(folder, said(error)))
        return
    if any(entry.name == MANIFEST for entry in listed):
        results = written(Path(folder)) if relative else written_here(Path(folder))
        but_not = results.union(but_not)
    for entry in listed:
        path = f"{relative}{entry.name}"
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _NEVER_FOLDERS and not _is_among(entry, but_not):
                yield from _in_folder(entry.path, f"{path}/", but_not, problems)
        elif _may_be_minutes(entry) and not _is_among(entry, but_not):
            yield Document(entry.path, entry.path, path, _size(entry.path))


def _is_among(entry: os.DirEntry[str], paths: Collection[str]) -> bool:
    return bool(paths) and _key(entry.path) in paths


def _may_be_minutes(entry: os.DirEntry[str]) -> bool:
    name = entry.name.lower()
    if name in _NEVER_NAMES or os.path.splitext(name)[1] in NEVER_MINUTES:  # noqa: PTH122 (speed)
        return False
    return entry.is_file()


def _key(path: str) -> str:
    """What tells whether two paths name the same file."""
    return os.path.abspath(path)  # noqa: PTH100 (links are left as they are)


def _exists(path: str) -> bool:
    return os.path.exists(path)  # noqa: PTH110 (a name too long does not exist either)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 (speed)
    except (OSError, ValueError):
        return 0


def said(error: OSError) -> str:
    """What is wrong with a file or folder that cannot be opened, and what to do about it."""
    if isinstance(error, FileNotFoundError):
        return say(
            "Filen findes ikke. Se efter, om navnet er skrevet rigtigt.",
            "The file does not exist. Check that the name is right.",
        )
    if isinstance(error, PermissionError):
        return say(
            "Du har ikke lov til at åbne den. Bed om adgang, eller læs en kopi.",
            "You may not open it. Ask for access, or read a copy.",
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return full()
    reason = error.strerror or type(error).__name__
    return say(f"Systemet melder en fejl: {reason}.", f"The system reports an error: {reason}.")


def _wrong_address() -> str:
    return say(
        "Kun adresser, der begynder med https:// eller http://, bliver hentet.",
        "Only addresses that begin with https:// or http:// are fetched.",
    )


def _no_documents() -> str:
    return say("Der er ingen dokumenter i mappen.", "There are no documents in the folder.")
