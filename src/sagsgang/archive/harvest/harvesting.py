"""A harvest: a site's meetings into the archive, one at a time, each whole or not at all.

What was fetched is remembered with the meeting in the same transaction, so that a harvest that
was cut off, by whatever, goes on where it was, and what has not changed is not asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple, Protocol

from django.conf import settings
from django.db import DataError, IntegrityError, OperationalError
from filelock import FileLock, Timeout

from sagsgang.minutes import UnreadableDocument

from ..checking import mend
from ..models import Enclosure, Meeting, Publication, Run, Seen, Source, StoredFile
from ..prepared import prepare
from ..publishing import NotPublishable, Registry, publish
from ..registry import municipality_of
from ..runs import HARVEST, Record, refuse_shrunk, source_of
from ..writing import alone, is_in_the_way
from . import attachments, problems
from .agenda import ReadMeeting, read_meeting
from .attachments import Files
from .clock import Clock
from .hosts import municipality_of_host
from .listing import ListedMeeting, Listing
from .problems import Gone, KeptOut, Problem, Stopped, Unfit, Withheld
from .site import Site, home_of
from .visitor import Manners, Visitor

_WITH_FILES: Final = " +bilag"
"""In a mark: the attachments' files were fetched too."""
_UNFORESEEN: Final = (DataError, IntegrityError, ValueError, TypeError, LookupError)
"""What a document may do to us that nobody thought of; the others are not to suffer by it."""
_VANISHED: Final = "vanished"
_MOST_FAILURES_IN_A_ROW: Final = 5


class Wishes(NamedTuple):
    """What is wanted of a harvest."""

    attachments: bool = False
    """Fetch the attachments' files too."""
    since: int | None = None
    """Only meetings from this year on."""
    accept_shrink: bool = False
    municipality: str = ""
    """The site's municipality, where its address does not tell."""
    ignore_robots: bool = False
    """Fetch also what the site asks robots to leave alone."""


class Watcher(Protocol):
    """One who follows a harvest."""

    def begins(self, meetings: int) -> None:
        """So many meetings' documents are to be gone through."""

    def problem(self, name: str, problem: Problem) -> None:
        """Something went wrong with what is named, or with the site where the name is empty."""

    def done(self, documents: int) -> None:
        """So many more have been gone through."""


class Unwatched:
    """Nobody follows the harvest."""

    def begins(self, meetings: int) -> None:
        """Nothing."""

    def problem(self, name: str, problem: Problem) -> None:
        """Nothing; the record tells it."""

    def done(self, documents: int) -> None:
        """Nothing."""


def harvest(
    address: str,
    wishes: Wishes | None = None,
    *,
    manners: Manners | None = None,
    clock: Clock | None = None,
    watcher: Watcher | None = None,
) -> Run:
    """The record of a harvest of the site at `address`.

    Raises:
        Problem: the harvest could not begin, or stopped; the record tells how far it came.
        Shrunk: the site has far fewer meetings than it had.
    """
    home = home_of(address)
    wishes = wishes or Wishes()
    clock = clock or Clock()
    source = _source(home, wishes.municipality)
    with _alone(home), Visitor(manners, clock) as visitor:
        site = Site(home, visitor)
        listing = _listing(site, source, wishes)
        if not wishes.accept_shrink:
            refuse_shrunk(source, len(listing.meetings))
        with Record(source) as record:
            _Harvest(site, source, wishes, clock, watcher or Unwatched(), record).go_through(
                listing
            )
    return record.run


@contextmanager
def _alone(home: str) -> Iterator[None]:
    """Lets no other program with the same data folder harvest the site meanwhile.

    The lock goes with the program that holds it, however that ends.

    Raises:
        Stopped: another one does.
    """
    name = hashlib.sha256(home.encode()).hexdigest()[:12]
    lock = FileLock(settings.DATA / f"harvest-{name}.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise problems.in_hand() from None
    try:
        yield
    finally:
        lock.release()


def _source(home: str, municipality: str) -> Source:
    """The site as a source of the archive.

    Raises:
        Stopped: it is not known whose it is.
    """
    host = home.partition("://")[2]
    known = Source.objects.filter(key=home).first()
    if known and known.municipality_id and not municipality:
        return known
    name = municipality or municipality_of_host(home)
    if not name:
        raise problems.whose(home)
    source = source_of(home, host, HARVEST)
    source.municipality = municipality_of(name)
    source.save(update_fields=["municipality"])
    return source


def _listing(site: Site, source: Source, wishes: Wishes) -> Listing:
    try:
        if not wishes.ignore_robots:
            site.obey_robots()
        return site.listing()
    except Problem as problem:
        with Record(source) as record:
            record.problem("", problem.danish)
        raise


def ordered(meetings: Sequence[ListedMeeting]) -> Iterator[ListedMeeting]:
    """Newest meetings first; a meeting's agendas before its minutes, in the order of release."""

    def newest(listed: ListedMeeting) -> tuple[str, ...]:
        committee, date, time = listed.meeting
        return date, time, committee

    for _, documents in groupby(sorted(meetings, key=newest, reverse=True), key=newest):
        yield from sorted(documents, key=lambda listed: listed.order)


class _Harvest:
    """One harvest of one site."""

    def __init__(
        self,
        site: Site,
        source: Source,
        wishes: Wishes,
        clock: Clock,
        watcher: Watcher,
        record: Record,
    ) -> None:
        self._site = site
        self._source = source
        self._wishes = wishes
        self._clock = clock
        self._watcher = watcher
        self._record = record
        self._registry = Registry()
        self._failures = 0
        """Those in a row that may be the site's own state, and not the document's."""

    def go_through(self, listing: Listing) -> None:
        """Publishes what is new, and notes what has vanished.

        Raises:
            Stopped: the site is not to be asked for more now.
        """
        try:
            if listing.notes:
                self._tell("", problems.unexpected(listing.notes))
            wanted = [listed for listed in listing.meetings if self._is_wanted(listed)]
            # What is older than was asked for is seen all the same: it is on the list.
            self._record.run.seen += len(listing.meetings) - len(wanted)
            self._watcher.begins(len(wanted))
            for listed in self._changed(wanted):
                self._one(listed)
                self._watcher.done(1)
        except Stopped as stopped:
            self._record.problem("", stopped.danish)
            raise
        self._record.completed(self._vanished({listed.id for listed in listing.meetings}))

    def _is_wanted(self, listed: ListedMeeting) -> bool:
        date = listed.date
        return self._wishes.since is None or date is None or date.year >= self._wishes.since

    def _changed(self, wanted: Sequence[ListedMeeting]) -> list[ListedMeeting]:
        """The documents to fetch; the others are counted as unchanged."""
        marks = dict(Seen.objects.filter(source=self._source).values_list("key", "mark"))
        changed = [
            listed for listed in ordered(wanted) if not self._is_done(listed, marks.get(listed.id))
        ]
        unchanged = len(wanted) - len(changed)
        self._record.count("unchanged", unchanged)
        self._watcher.done(unchanged)
        return changed

    def _is_done(self, listed: ListedMeeting, mark: str | None) -> bool:
        if not mark or not listed.mark:
            return False
        with_files = mark == listed.mark + _WITH_FILES
        return with_files or (mark == listed.mark and not self._wishes.attachments)

    def _one(self, listed: ListedMeeting) -> None:
        """Fetches a document and publishes it, or counts it as failed.

        Raises:
            Stopped: the site is not to be asked for more now.
        """
        try:
            read = read_meeting(self._site, listed)
            files = (
                attachments.fetch_files(self._site, read.minutes)
                if self._wishes.attachments
                else attachments.NONE
            )
            self._enter(listed, read, files)
        except Stopped:
            raise
        except Problem as problem:
            self._fail(listed, problem)
        except (UnreadableDocument, NotPublishable) as error:
            self._fail(listed, problems.unfit(str(error)))
        except _UNFORESEEN as error:
            self._fail(listed, problems.unforeseen(error))
        else:
            self._failures = 0
            for problem in (*read.problems, *files.problems):
                self._tell(listed.title, problem)

    def _fail(self, listed: ListedMeeting, problem: Problem) -> None:
        """Notes a document that could not be had.

        Raises:
            Stopped: too many in a row could not, and it may be the site's fault.
        """
        self._record.count("failed")
        self._tell(listed.title, problem)
        self._failures += not isinstance(problem, Gone | KeptOut | Unfit)
        if self._failures >= _MOST_FAILURES_IN_A_ROW:
            raise problems.away()

    def _enter(self, listed: ListedMeeting, read: ReadMeeting, files: Files) -> None:
        """Publishes a document; once more where the database failed.

        Raises:
            Unfit: another program was in the way both times.
        """
        try:
            self._publish(listed, read, files)
        except OperationalError:
            try:
                self._publish(listed, read, files)
            except OperationalError as error:
                if not is_in_the_way(error):
                    raise
                raise problems.locked() from error

    def _publish(self, listed: ListedMeeting, read: ReadMeeting, files: Files) -> None:
        """Publishes a document and remembers it, or neither."""
        # Other municipalities are named in agendas too; this site is of one only.
        minutes = replace(read.minutes, municipality=self._source.municipality.name)
        document = prepare(minutes)
        with self._whole_or_not_at_all():
            stored = attachments.saved(files.stored)
            outcome = publish(
                document,
                source_id=read.address,
                address=read.address,
                committee=listed.committee,
                fetched_at=self._clock.now(),
                files=stored,
                registry=self._registry,
            )
            published = outcome.publication
            if published is not None:
                _tie(published.meeting, stored, self._registry)
            # What is held back has no attachments to give files to until it is released.
            with_files = files.complete and published is not None
            self._remember(listed, published, with_files=with_files)
        self._record.count(outcome.result)
        if outcome.message:
            # Not in the record, which is public: it would tell where the number stands.
            self._watcher.problem(listed.title, Problem(outcome.message, outcome.message))

    @contextmanager
    def _whole_or_not_at_all(self) -> Iterator[None]:
        """A transaction; what is taken back is forgotten too."""
        try:
            with alone():
                yield
        except BaseException:
            self._registry.forget()
            raise

    def _remember(
        self, listed: ListedMeeting, publication: Publication | None, *, with_files: bool
    ) -> None:
        mark = listed.mark + _WITH_FILES if with_files and listed.mark else listed.mark
        Seen.objects.update_or_create(
            source=self._source,
            key=listed.id,
            defaults={"mark": mark, "publication": publication, "run": self._record.run},
        )

    def _vanished(self, listed: set[str]) -> int:
        """How many meetings are no longer on the list since the last time, under any id.

        Their publications stay; only what is remembered of the ids says that they are gone.
        """
        known = Seen.objects.filter(source=self._source)
        rows = list(known.values_list("pk", "key", "mark", "publication__meeting"))
        there = {meeting for _, key, _, meeting in rows if key in listed}
        gone = [(pk, meeting) for pk, key, mark, meeting in rows if _is_news(key, mark, listed)]
        known.filter(pk__in=[pk for pk, _ in gone]).update(mark=_VANISHED)
        return sum(meeting is None or meeting not in there for _, meeting in gone)

    def _tell(self, name: str, problem: Problem) -> None:
        if isinstance(problem, Withheld):
            self._record.problem("", Withheld.IN_PUBLIC)
        else:
            self._record.problem(name, problem.danish)
        self._watcher.problem(name, problem)


def _is_news(key: str, mark: str, listed: set[str]) -> bool:
    """Whether an id has vanished since it was last looked for."""
    return key not in listed and mark != _VANISHED


def _tie(meeting: Meeting, stored: dict[str, StoredFile], registry: Registry) -> None:
    """Gives the meeting's attachments their files, where the document was there before them.

    The meeting's rows are made anew, so that the files' texts are found wherever rows lead.
    """
    lacking = Enclosure.objects.filter(item__meeting=meeting, item__closed=False, file__isnull=True)
    late = list(lacking.filter(address__in=list(stored)))
    for enclosure in late:
        enclosure.file = stored[enclosure.address]
    Enclosure.objects.bulk_update(late, ["file"])
    if late:
        mend(meeting.pk, registry)
