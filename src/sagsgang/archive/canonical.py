"""The form in which a document is kept: canonical JSON of `Minutes`, and its hash.

The hash speaks of what the document says, not of the file it was read from: two files that say
the same are one publication.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sagsgang.minutes import Minutes

LEVEL = 4


def document_of(minutes: Minutes) -> dict[str, Any]:
    """The contract's shape without `source`."""
    document = minutes.to_dict()
    del document["source"]
    return document


def canonical(minutes: Minutes) -> str:
    """What is kept of a document, as text."""
    return canonical_json(document_of(minutes))


def canonical_json(value: Any) -> str:
    """A JSON value as text that is the same for equal values: keys sorted, no white space."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def packed(text: str) -> bytes:
    """A text compressed by zlib; the same bytes for the same text."""
    return zlib.compress(text.encode("utf-8"), LEVEL)


def links_of(minutes: Minutes) -> dict[str, str]:
    """The addresses of attachments, by `item index/attachment index`; the contract has titles."""
    return {
        f"{i}/{n}": attachment.address
        for i, item in enumerate(minutes.items)
        for n, attachment in enumerate(item.attachments)
        if attachment.address
    }


def can_be_kept(text: str) -> bool:
    """Whether a canonical text has only letters that every database keeps.

    PostgreSQL knows no letter zero, and UTF-8 no half of a surrogate pair; broken files have both.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in text


def kept_form(value: Any) -> Any:
    """A value of the document with its texts as they can be kept; all else as it is."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, tuple):
        return tuple(map(kept_form, value))
    if isinstance(value, dict):
        return {name: kept_form(each) for name, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: kept_form(getattr(value, each.name)) for each in fields(value)}
        return replace(value, **changed)
    return value
