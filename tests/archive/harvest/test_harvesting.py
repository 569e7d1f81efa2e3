"""A harvest puts a site's meetings into the archive, goes on after a stop, and counts what it saw."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import Settings

from sagsgang.archive import files, publishing
from sagsgang.archive.harvest import harvesting
from sagsgang.archive.harvest.harvesting import Unwatched, Watcher, Wishes, harvest
from sagsgang.archive.harvest.problems import Problem, Stopped
from sagsgang.archive.models import (
    Enclosure,
    Held,
    Meeting,
    Publication,
    Run,
    Seen,
    Source,
    StoredFile,
)
from sagsgang.archive.runs import Shrunk

from ..firstagenda_server import CUT, FirstAgenda, answer, id_of, item, pdf_of
from .conftest import PatientClock

pytestmark = pytest.mark.django_db

LIST = "/api/agenda/udvalgsliste"
MAY = "2026-05-04T14:00:00+02:00"
JUNE = "2026-06-08T14:00:00+02:00"
DOCUMENT = id_of("dokument")
DOCUMENT_PATH = f"/vis/pdf/bilag/{DOCUMENT}"

Harvest = Callable[..., Run]


@pytest.fixture
def run(service: FirstAgenda, clock: PatientClock) -> Harvest:
    def go(watcher: Watcher | None = None, **wishes: Any) -> Run:
        wanted = Wishes(**{"municipality": "Lindvig", **wishes})
        return harvest(service.address, wanted, clock=clock, watcher=watcher)

    return go


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def counts(run: Run) -> dict[str, int]:
    """What a run counted, but for zeros."""
    names = "seen new changed unchanged held failed vanished".split()
    return {name: count for name in names if (count := getattr(run, name))}


def agenda_of(id_: str) -> str:
    return f"/api/agenda/dagsorden/{id_}"


def fetches(service: FirstAgenda) -> list[str]:
    """The meetings that were asked for."""
    return [path for path in service.asked if path.startswith("/api/agenda/dagsorden/")]


class TestARun:
    def test_publishes_the_meetings_newest_first(self, service: FirstAgenda, run: Harvest) -> None:
        may, june = service.add(MAY), service.add(JUNE, committee="Byrådet")
        done = run()
        assert counts(done) == {"seen": 2, "new": 2}
        assert done.complete
        assert done.ended_at is not None
        assert fetches(service) == [agenda_of(june), agenda_of(may)]
        meeting = Meeting.objects.get(date="2026-05-04")
        assert meeting.body.municipality.name == "Lindvig"
        assert meeting.start_time == "14:00"
        assert meeting.current.address == f"{service.address}/vis?id={may}"

    def test_belongs_to_a_source_with_its_municipality(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        run()
        run(municipality="")
        [source] = Source.objects.all()
        assert source.key == service.address
        assert source.name == service.address.removeprefix("http://")
        assert (source.kind, source.municipality.name) == ("harvest", "Lindvig")
        assert source.runs.count() == 2

    def test_is_of_the_sites_municipality_whatever_the_text_speaks_of(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        text = "<p>Aftalen med Hvidovre Kommune: Hvidovre Kommune betaler. Hvidovre Kommune.</p>"
        service.add(MAY, item("1", "Aftale", Felter=[{"Html": text}]))
        run()
        assert Meeting.objects.get().body.municipality.name == "Lindvig"

    def test_cannot_begin_without_knowing_the_municipality(self, run: Harvest) -> None:
        with pytest.raises(Stopped, match="--municipality"):
            run(municipality="")
        assert not Source.objects.exists()

    def test_tells_the_watcher_what_goes_on(self, service: FirstAgenda, run: Harvest) -> None:
        told: list[Any] = []

        class Scribe(Unwatched):
            def begins(self, meetings: int) -> None:
                told.append(meetings)

            def done(self, documents: int) -> None:
                told.append(documents)

            def problem(self, name: str, problem: Problem) -> None:
                told.append((name, type(problem).__name__))

        service.add(MAY)
        dead = service.add(JUNE)
        service.strike(agenda_of(dead), answer(404))
        run(watcher=Scribe())
        title = "Beskæftigelsesudvalget 2026-06-08, Referat"
        assert told == [2, 0, (title, "Gone"), 1, 1]

    def test_has_the_site_to_itself(self, service: FirstAgenda, run: Harvest) -> None:
        class Second(Unwatched):
            def begins(self, meetings: int) -> None:
                with pytest.raises(Stopped, match="høstet i forvejen"):
                    run()

        service.add(MAY)
        assert run(watcher=Second()).new == 1
        assert service.times_asked(LIST) == 1
        assert run().unchanged == 1

    def test_from_a_year_on(self, service: FirstAgenda, run: Harvest) -> None:
        service.add("2021-02-01T14:00:00+01:00")
        service.add(MAY)
        done = run(since=2022)
        assert counts(done) == {"seen": 2, "new": 1}
        assert done.complete
        assert counts(run()) == {"seen": 2, "new": 1, "unchanged": 1}

    def test_notes_what_the_list_has_that_is_not_known(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        service.add(MAY, Farve="blå")
        [problem] = run().problems
        assert "farve" in problem
        assert Meeting.objects.exists()

    def test_holds_back_what_looks_like_a_cpr_number(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        text = "<p>Borgeren med CPR-nummer 070761-4285 har klaget.</p>"
        service.add(MAY, item("1", "Klage", Felter=[{"Html": text}]))
        done = run()
        assert counts(done) == {"seen": 1, "held": 1}
        assert done.problems == []  # the sources page is public, and would tell where to look
        assert Held.objects.count() == 1
        assert not Publication.objects.exists()
        assert counts(run()) == {"seen": 1, "unchanged": 1}


class TestTheNextRun:
    def test_asks_for_nothing_that_has_not_changed(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        service.add(MAY)
        service.add(JUNE)
        run()
        service.asked.clear()
        assert counts(run()) == {"seen": 2, "unchanged": 2}
        assert fetches(service) == []

    def test_makes_a_version_of_what_was_released_anew(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        service.add(MAY)
        run()
        service.add(MAY, item("1", "Rettet punkt"), released="2026-05-20T09:00:00+02:00")
        assert counts(run()) == {"seen": 1, "changed": 1}
        assert Publication.objects.count() == 2
        assert Meeting.objects.get().items.get().title == "Rettet punkt"

    def test_sees_that_what_was_released_anew_says_the_same(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        service.add(MAY)
        run()
        service.add(MAY, released="2026-05-20T09:00:00+02:00")
        assert counts(run()) == {"seen": 1, "unchanged": 1}
        assert Publication.objects.count() == 1

    def test_asks_again_where_the_list_tells_no_release_date(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        id_ = service.add(MAY, released="")
        run()
        assert counts(run()) == {"seen": 1, "unchanged": 1}
        assert service.times_asked(agenda_of(id_)) == 2

    def test_agenda_becomes_minutes_under_its_old_id(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        coming = item("1", "Budget", Felter=[{"Html": "<h3>Sagsfremstilling</h3><p>Tal.</p>"}])
        id_ = service.add(MAY, coming, name="Dagsorden")
        run()
        assert Meeting.objects.get().kind == "agenda"
        service.meetings[id_].update(Navn="Referat", Afsluttet=True)
        service.agendas[id_]["Moede"]["Navn"] = "Referat"
        service.agendas[id_]["Dagsordenpunkter"] = [item("1", "Budget")]
        assert counts(run()) == {"seen": 1, "changed": 1}
        assert Meeting.objects.get().kind == "minutes"

    def test_republished_under_a_new_id_it_is_the_same_meeting(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        old = service.add(MAY)
        service.add(JUNE)
        run()
        service.withdraw(old)
        service.add(MAY, item("1", "Godkendelse af dagsorden"), item("2", "Glemt"), key="ny")
        assert counts(run()) == {"seen": 2, "changed": 1, "unchanged": 1}
        meeting = Meeting.objects.get(date="2026-05-04")
        assert [each.title for each in meeting.items.all()][-1] == "Glemt"
        assert meeting.publications.count() == 2

    def test_counts_what_has_vanished_once_and_deletes_nothing(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        old = service.add(MAY)
        service.add(JUNE)
        run()
        service.withdraw(old)
        assert counts(run()) == {"seen": 1, "unchanged": 1, "vanished": 1}
        assert counts(run()) == {"seen": 1, "unchanged": 1}
        assert Meeting.objects.filter(date="2026-05-04").exists()
        service.add(MAY)
        assert counts(run()) == {"seen": 2, "unchanged": 2}

    def test_is_refused_where_the_site_has_shrunk(self, service: FirstAgenda, run: Harvest) -> None:
        ids = [service.add(f"2026-05-{day}T14:00:00+02:00") for day in range(10, 20)]
        run()
        for id_ in ids[:4]:
            service.withdraw(id_)
        service.asked.clear()
        with pytest.raises(Shrunk, match=r"6 dokumenter nu, og der var 10.*--accept-shrink"):
            run()
        assert fetches(service) == []
        refused = Run.objects.first()
        assert refused is not None
        assert not refused.complete
        assert Meeting.objects.count() == 10
        assert counts(run(accept_shrink=True)) == {"seen": 6, "unchanged": 6, "vanished": 4}
        assert run().complete


class TestAMeetingsDocuments:
    def test_agenda_and_minutes_are_versions_in_that_order(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        service.add(MAY, item("1", "Budget"), released="2026-05-06")
        coming = item("1", "Budget", Felter=[{"Html": "<p>Udkast.</p>"}])
        service.add(MAY, coming, name="Dagsorden", released="2026-05-07")
        run()
        meeting = Meeting.objects.get()
        kinds = [one.kind for one in meeting.publications.order_by("version")]
        assert kinds == ["agenda", "minutes"]
        assert meeting.kind == "minutes"

    def test_supplementary_agendas_stand_beside_the_agenda(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        text = [{"Html": "<h3>Sagsfremstilling</h3><p>Kommer.</p>"}]
        service.add(MAY, item("1", "Budget", Felter=text), name="Dagsorden")
        service.add(MAY, item("2", "Hastesag", Felter=text), name="Tillægsdagsorden")
        run()
        meeting = Meeting.objects.get()
        assert {one.strand for one in meeting.publications.all()} == {"main", "supplement"}
        assert {one.title for one in meeting.items.all()} == {"Budget", "Hastesag"}

    def test_committees_that_meet_at_the_same_time_are_two(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        service.add(MAY)
        service.add(MAY, committee="Socialudvalget")
        run()
        assert Meeting.objects.count() == 2


class TestAFault:
    def test_at_one_meeting_leaves_the_others(self, service: FirstAgenda, run: Harvest) -> None:
        dead = service.add(JUNE)
        service.add(MAY)
        service.strike(agenda_of(dead), answer(500), answer(500))
        done = run()
        assert counts(done) == {"seen": 2, "new": 1, "failed": 1}
        assert done.complete
        [problem] = done.problems
        assert problem.startswith("Beskæftigelsesudvalget 2026-06-08, Referat: Siden har det ikke")
        assert counts(run()) == {"seen": 2, "new": 1, "unchanged": 1}

    def test_in_a_document_is_told(self, service: FirstAgenda, run: Harvest) -> None:
        service.agendas[service.add(MAY)] = {"Message": "x"}
        service.agendas[service.add(JUNE)]["Dagsordenpunkter"] = []
        done = run()
        assert done.failed == 1
        assert "FirstAgenda" in done.problems[-1]

    def test_of_our_own_at_one_document_leaves_the_others(
        self, service: FirstAgenda, run: Harvest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def mistaken(document: Any, **given: Any) -> Any:
            if document.minutes.date == "2026-06-08":
                raise KeyError("x")
            return publishing.publish(document, **given)

        monkeypatch.setattr(harvesting, "publish", mistaken)
        service.add(JUNE)
        service.add(MAY)
        done = run()
        assert counts(done) == {"seen": 2, "new": 1, "failed": 1}
        assert "fejl i Sagsgang (KeyError)" in done.problems[0]

    def test_that_makes_the_site_busy_stops_the_run_and_the_next_goes_on(
        self, service: FirstAgenda, run: Harvest
    ) -> None:
        days = [service.add(f"2026-05-{day}T14:00:00+02:00") for day in range(10, 15)]
        service.strike(agenda_of(days[2]), answer(429, Retry_After="86400"))
        with pytest.raises(Stopped, match="vente til"):
            run()
        stopped = Run.objects.get()
        assert counts(stopped) == {"seen": 2, "new": 2}
        assert not stopped.complete
        assert stopped.ended_at is not None
        assert "vente til" in stopped.problems[0]
        assert counts(run()) == {"seen": 5, "new": 3, "unchanged": 2}
        assert service.times_asked(agenda_of(days[4])) == 1

    def test_that_passes_is_waited_out(
        self, service: FirstAgenda, run: Harvest, clock: PatientClock
    ) -> None:
        id_ = service.add(MAY)
        service.strike(agenda_of(id_), answer(503, Retry_After="30"), CUT)
        assert counts(run()) == {"seen": 1, "new": 1}
        assert 30 in clock.slept

    def test_at_every_meeting_stops_the_run(self, service: FirstAgenda, run: Harvest) -> None:
        days = [service.add(f"2026-05-{day}T14:00:00+02:00") for day in range(10, 20)]
        for id_ in days:
            service.strike(agenda_of(id_), *[answer(502)] * 9)
        with pytest.raises(Stopped, match="standset"):
            run()
        assert len(set(fetches(service))) == 5
        assert Run.objects.get().failed == 5

    def test_at_the_list_is_kept_in_the_record(self, service: FirstAgenda, run: Harvest) -> None:
        service.strike(LIST, answer(404))
        with pytest.raises(Problem):
            run()
        record = Run.objects.get()
        assert not record.complete
        assert "FirstAgenda-side" in record.problems[0]

    def test_in_the_program_itself_leaves_the_old_state_or_the_new(
        self, service: FirstAgenda, run: Harvest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Killed(BaseException):
            pass

        def killed(*_: Any, **__: Any) -> None:
            raise Killed

        service.add(MAY)
        service.add(JUNE)
        with monkeypatch.context() as patched:
            patched.setattr(Seen.objects, "update_or_create", killed)
            with pytest.raises(Killed):
                run()
        assert not Publication.objects.exists()
        assert not Seen.objects.exists()
        assert counts(run()) == {"seen": 2, "new": 2}


class TestAttachments:
    @pytest.fixture
    def attached(self, service: FirstAgenda) -> str:
        """A meeting with an attachment; the path of the attachment's file."""
        service.add(MAY, item("1", "Budget", Bilag=[{"Id": DOCUMENT, "Navn": "Notat"}]))
        service.serve_pdf(DOCUMENT_PATH, "Kontanthjælpsmodtagere i Lindvig.")
        return DOCUMENT_PATH

    def test_are_named_and_linked_but_not_fetched(
        self, service: FirstAgenda, run: Harvest, attached: str
    ) -> None:
        run()
        enclosure = Enclosure.objects.get()
        assert enclosure.title == "Notat"
        assert enclosure.address.startswith(f"{service.address}{attached}/")
        assert enclosure.file is None
        assert service.times_asked(attached) == 0

    def test_are_kept_by_their_hash_with_their_text(
        self, run: Harvest, attached: str, store: Path
    ) -> None:
        run(attachments=True)
        kept = Enclosure.objects.get().file
        data = pdf_of("Kontanthjælpsmodtagere i Lindvig.")
        assert kept.sha256 == hashlib.sha256(data).hexdigest()
        assert (kept.size, kept.media_type) == (len(data), "application/pdf")
        assert kept.text == "Kontanthjælpsmodtagere i Lindvig."
        path = store / kept.sha256[:2] / kept.sha256[2:]
        assert path == files.path_of(kept.sha256)
        assert path.read_bytes() == data

    def test_are_fetched_later_for_what_was_harvested_without(
        self, service: FirstAgenda, run: Harvest, attached: str
    ) -> None:
        run()
        assert counts(run(attachments=True)) == {"seen": 1, "unchanged": 1}
        assert Enclosure.objects.get().file is not None
        run(attachments=True)
        run()
        assert service.times_asked(attached) == 1

    def test_are_not_fetched_again_for_a_new_version(
        self, service: FirstAgenda, run: Harvest, attached: str
    ) -> None:
        run(attachments=True)
        changed = item("1", "Nyt budget", Bilag=[{"Id": DOCUMENT, "Navn": "Notat"}])
        service.add(MAY, changed, released="2026-05-30")
        assert run(attachments=True).changed == 1
        assert service.times_asked(attached) == 1
        assert Enclosure.objects.get().file is not None

    def test_that_are_the_same_file_are_kept_once(
        self, service: FirstAgenda, run: Harvest, attached: str
    ) -> None:
        other = id_of("andet")
        service.serve_pdf(f"/vis/pdf/bilag/{other}", "Kontanthjælpsmodtagere i Lindvig.")
        service.add(JUNE, item("1", "Igen", Bilag=[{"Id": other, "Navn": "Samme notat"}]))
        run(attachments=True)
        assert Enclosure.objects.filter(file__isnull=False).count() == 2
        assert StoredFile.objects.count() == 1

    def test_of_what_was_held_back_are_fetched_once_it_is_released(
        self, run: Harvest, service: FirstAgenda
    ) -> None:
        text = [{"Html": "<p>Borgeren med CPR-nummer 070761-4285 har klaget.</p>"}]
        notat = [{"Id": DOCUMENT, "Navn": "Notat"}]
        service.add(MAY, item("1", "Klage", Felter=text, Bilag=notat))
        service.serve_pdf(DOCUMENT_PATH, "Notat")
        run(attachments=True)
        publishing.release(Held.objects.get(), by="Karin Østergaard", why="Opdigtet nummer")
        assert Enclosure.objects.get().file is None
        run(attachments=True)
        assert Enclosure.objects.get().file is not None

    @pytest.mark.parametrize("fault", [answer(404), answer(403), answer(500)])
    def test_that_cannot_be_had_are_told_and_let_go(
        self, service: FirstAgenda, run: Harvest, attached: str, fault: Any
    ) -> None:
        service.strike(attached, fault, fault, fault)
        done = run(attachments=True)
        assert counts(done) == {"seen": 1, "new": 1}
        assert "Bilaget »Notat«: " in done.problems[0]
        service.asked.clear()
        run(attachments=True)
        assert service.times_asked(attached) == 0

    def test_that_broke_off_are_fetched_next_time(
        self, service: FirstAgenda, run: Harvest, attached: str
    ) -> None:
        service.strike(attached, *[CUT] * 5)
        assert "afbrudt" in run(attachments=True).problems[0]
        assert Enclosure.objects.get().file is None
        run(attachments=True)
        assert Enclosure.objects.get().file is not None

    def test_with_something_like_a_cpr_number_are_not_kept(
        self, service: FirstAgenda, run: Harvest, attached: str, store: Path
    ) -> None:
        service.serve_pdf(attached, "Borger: 070761-4285")
        [problem] = run(attachments=True).problems
        assert "CPR-nummer" in problem
        assert "4285" not in problem
        assert "Notat" not in problem
        assert not StoredFile.objects.exists()
        assert not list(store.rglob("*"))

    def test_with_a_cpr_number_after_all_that_is_searched_are_not_kept(
        self,
        service: FirstAgenda,
        run: Harvest,
        attached: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("sagsgang.archive.harvest.attachments.LONGEST_TEXT", 5)
        service.serve_pdf(attached, "Borger: 070761-4285")
        run(attachments=True)
        assert not StoredFile.objects.exists()

    def test_of_closed_items_are_never_fetched(self, service: FirstAgenda, run: Harvest) -> None:
        hidden = item("1", "Ejendom", IsOpen=False, Bilag=[{"Id": DOCUMENT, "Navn": "Pris"}])
        service.add(MAY, hidden)
        service.serve_pdf(DOCUMENT_PATH, "Pris")
        run(attachments=True)
        assert service.times_asked(DOCUMENT_PATH) == 0

    @pytest.mark.parametrize(
        ("media_type", "told"),
        [
            ("application/vnd.ms-excel", "application/vnd.ms-excel"),
            ("", "application/octet-stream"),
        ],
    )
    def test_that_are_no_text_are_kept_without(
        self, service: FirstAgenda, run: Harvest, attached: str, media_type: str, told: str
    ) -> None:
        service.files[attached] = (b"\xd0\xcf\x11\xe0 regneark", media_type)
        run(attachments=True)
        kept = StoredFile.objects.get()
        assert (kept.media_type, kept.text) == (told, "")

    def test_a_full_disk_leaves_no_half_file(
        self, service: FirstAgenda, run: Harvest, attached: str, store: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr("os.fsync", full)
            with pytest.raises(OSError, match="No space left"):
                run(attachments=True)
        assert not [path for path in store.rglob("*") if path.is_file()]
        assert not Publication.objects.exists()
        assert counts(run(attachments=True)) == {"seen": 1, "new": 1}
