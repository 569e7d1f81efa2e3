"""Hearings as they are kept with a revision of a presentation, and as they are printed in it.

What is kept are JSON values: a list of rounds, each with its replies. A closed answer is told of,
and read by those who read what is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sagsgang.minutes.writers import wording

from .models import Hearing, Reply

_MOST_TITLE: Final = 300


def hearings_of(case: int) -> list[dict[str, Any]]:
    """The case's rounds with their replies, the first one first."""
    rounds = Hearing.objects.filter(case=case).order_by("sent_on", "pk")
    replies: dict[int, list[dict[str, Any]]] = {}
    rows = Reply.objects.filter(hearing__case=case).select_related("file").order_by("pk")
    for one in rows:
        replies.setdefault(one.hearing_id, []).append(_reply(one))
    return [
        {
            "subject": one.subject,
            "sent_on": str(one.sent_on),
            "deadline": str(one.deadline),
            "taken_back_on": str(one.taken_back_on) if one.taken_back_on else None,
            "replies": replies.get(one.pk, []),
        }
        for one in rounds
    ]


def _reply(one: Reply) -> dict[str, Any]:
    return {
        "recipient": one.recipient,
        "answered_on": str(one.answered_on) if one.answered_on else None,
        "text": one.text,
        "closed": one.closed,
        "name": one.name,
        "sha256": one.file.sha256 if one.file else None,
    }


def answers_attached(hearings: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, bool, str, str]]:
    """The files of answers as attachments: title, whether it is closed, name and hash."""
    for reply in (each for one in hearings for each in one["replies"]):
        if reply["sha256"]:
            title = f"Høringssvar fra {reply['recipient']}"[:_MOST_TITLE]
            yield title, reply["closed"], reply["name"], reply["sha256"]


def told(hearings: Iterable[Mapping[str, Any]], *, whole: bool) -> str:
    """The rounds as light Markdown; what is closed is told with its words where it is `whole`."""
    return "\n\n".join(paragraph for one in hearings for paragraph in _round(one, whole))


def _round(one: Mapping[str, Any], whole: bool) -> Iterator[str]:
    sent, deadline = _day(one["sent_on"]), _day(one["deadline"])
    subject = one["subject"].rstrip(".")
    yield f"{subject} blev sendt i høring den {sent} med frist den {deadline}."
    for reply in one["replies"]:
        if reply["answered_on"]:
            yield from _answer(reply, whole)
    if one.get("taken_back_on"):
        yield f"Høringen blev trukket tilbage den {_day(one['taken_back_on'])}."
        return
    silent = [reply["recipient"] for reply in one["replies"] if not reply["answered_on"]]
    if silent:
        yield f"{wording.listed(silent)} har ikke svaret."


def _answer(reply: Mapping[str, Any], whole: bool) -> Iterator[str]:
    said = f"{reply['recipient']} svarede den {_day(reply['answered_on'])}"
    if reply["closed"] and not whole:
        yield f"{said}. Svaret er lukket."
        return
    own = f"{said}:" if reply["text"] else f"{said}."
    yield f"{own} Svaret er vedlagt som bilag." if reply["sha256"] and not reply["text"] else own
    if reply["text"]:
        yield reply["text"]
        if reply["sha256"]:
            yield "Svaret er vedlagt som bilag."


def _day(iso: str) -> str:
    return wording.date_said(iso) or iso
