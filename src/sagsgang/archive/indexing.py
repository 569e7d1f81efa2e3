"""What of a publication goes into the search: one entry for each item that has any words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sagsgang.minutes import Item, Minutes
from sagsgang.minutes.danish.names import INDEPENDENT, party_of

from .models import Item as ItemRow
from .models import Meeting, StoredFile
from .parts import Row
from .rows import Treatment
from .search.beforehand import Ready
from .search.entries import Entry, Passage, content_of
from .search.facets import Facets


def entries(
    meeting: Meeting,
    minutes: Minutes,
    pairs: list[tuple[ItemRow | Row, Treatment]],
    files: Mapping[str, StoredFile],
    links: Mapping[str, str],
    ready: Sequence[Ready] = (),
) -> Iterator[Entry]:
    """The entries of a document's items, which are stored already.

    `files` are stored files by their addresses, `links` the addresses of attachments (see
    `publish`), `ready` what was worked out of each of the document's items beforehand. Of a closed
    item there is what the document itself tells, and no more.
    """
    parties = {one.name.casefold(): one.party for one in minutes.members if one.party}
    names = (meeting.body.municipality.name, meeting.body.name)
    for row, treatment in pairs:
        with_files = list(_files(treatment, files, links))
        made = None if with_files else _fitting(ready, treatment.position, names)
        content = (
            made.content if made else content_of(treatment.item, row.decision, names, with_files)
        )
        if content.title or content.decision or content.passages:
            yield Entry(
                item=row.id,
                date=meeting.date,
                facets=Facets(
                    body=meeting.body_id,
                    year=meeting.date.year,
                    outcome=row.outcome,
                    kle=row.kle[:2] if row.kle[:2].isdecimal() else "",
                    parties=frozenset(_opposed(treatment.item, parties)),
                ),
                content=content,
                ready=made,
            )


def _fitting(ready: Sequence[Ready], position: int, names: tuple[str, ...]) -> Ready | None:
    """What was worked out of an item beforehand, if that was under the names it is filed under."""
    found = ready[position] if ready else None
    return found if found and found.content.names == names else None


def _files(
    treatment: Treatment, files: Mapping[str, StoredFile], links: Mapping[str, str]
) -> Iterator[Passage]:
    attachments = () if treatment.item.closed else treatment.item.attachments
    for index, attachment in enumerate(attachments):
        file = files.get(links.get(f"{treatment.position}/{index}", ""))
        if file and file.text:
            yield Passage(attachment.title, file.text)


def _opposed(item: Item, parties: Mapping[str, str]) -> Iterator[str]:
    """The letters of the parties that voted against, abstained or stated their dissent."""
    names = [name for vote in item.votes if vote.choice != "for" for name in vote.voters]
    names += [name for statement in item.statements for name in statement.by]
    for name in names:
        party = party_of(name) or parties.get(name.casefold()) or ""
        if party != INDEPENDENT:
            yield from filter(str.isalpha, party)  # "A", or "A+F"
