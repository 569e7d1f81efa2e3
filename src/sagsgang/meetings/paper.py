"""A document as it is kept: the contract's shape, and beside it where attachments' files lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sagsgang.archive.canonical import document_of, kept_form, links_of
from sagsgang.minutes import Item, Minutes


def form_of(minutes: Minutes) -> dict[str, Any]:
    """The document as JSON values, which `of` makes it of again."""
    minutes = kept_form(minutes)
    return {
        "document": document_of(minutes),
        "addresses": links_of(minutes),
    }


def of(form: Mapping[str, Any]) -> Minutes:
    """The document that was kept.

    Raises:
        ContractError: it is in no shape that this version of the program knows.
    """
    minutes = Minutes.from_dict({**form["document"], "source": None})
    return replace(minutes, items=tuple(_items(minutes, form)))


def _items(minutes: Minutes, form: Mapping[str, Any]) -> Iterator[Item]:
    for at, item in enumerate(minutes.items):
        attachments = tuple(
            replace(one, address=form["addresses"].get(f"{at}/{n}"))
            for n, one in enumerate(item.attachments)
        )
        yield replace(item, attachments=attachments)
