"""A site is asked for its list and its meetings; what a meeting lacks is found where it is."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from sagsgang.archive.harvest.agenda import ReadMeeting, read_meeting
from sagsgang.archive.harvest.attachments import open_attachments
from sagsgang.archive.harvest.problems import Gone, Problem, Stopped
from sagsgang.archive.harvest.site import Site, home_of
from sagsgang.archive.harvest.visitor import Manners, Visitor
from sagsgang.minutes import UnreadableDocument

from ..firstagenda_server import (
    NO_ID,
    SIGN_IN_PAGE,
    WRONG_JSON,
    FirstAgenda,
    answer,
    id_of,
    item,
)
from .conftest import PatientClock

BEGINS = "2026-05-04T14:00:00+02:00"
LIST = "/api/agenda/udvalgsliste"
DOCUMENT = id_of("dokument")
EMPTY = {"Navn": "Sagsfremstilling", "Html": "<div></div>", "DocumentId": DOCUMENT}
IN_PDF = """
= REFERAT Beskæftigelsesudvalget d. 04-05-2026
*Mødedato* Mandag d. 4. maj 2026 kl. 14:00

== Punkt 2: Flere i job
26/000002
=== Indstilling
Forvaltningen indstiller, at
+ tager orienteringen til efterretning

=== Sagsfremstilling
Der er 412 ledige i Lindvig, og det er færre end sidste år.

=== Beslutning
Taget til efterretning.
"""


@pytest.fixture
def site(service: FirstAgenda, clock: PatientClock) -> Site:
    return Site(service.address, Visitor(Manners(), clock))


def read(site: Site, id_: str) -> ReadMeeting:
    [listed] = [each for each in site.listing().meetings if each.id == id_]
    return read_meeting(site, listed)


def with_pdf_only(service: FirstAgenda, **values: Any) -> str:
    """A meeting with three items, the second of which has its text in a PDF."""
    middle = item("2", "Flere i job", Felter=[EMPTY], **values)
    return service.add(BEGINS, item("1", "Dagsorden"), middle, item("3", "Eventuelt"))


class TestTheAddress:
    @pytest.mark.parametrize(
        ("written", "home"),
        [
            ("https://dagsordener.lindvig.dk", "https://dagsordener.lindvig.dk"),
            ("dagsordener.lindvig.dk/", "https://dagsordener.lindvig.dk"),
            (" HTTP://Dagsordener.Lindvig.dk/vis?id=1#a ", "http://dagsordener.lindvig.dk"),
            ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000"),
            ("http://[::1]:80/", "http://[::1]:80"),
            ("https://dagsordener.lindvigø.dk", "https://dagsordener.lindvigø.dk"),
        ],
    )
    def test_any_page_of_the_site_will_do(self, written: str, home: str) -> None:
        assert home_of(written) == home

    @pytest.mark.parametrize(
        "written", ["", "ftp://lindvig.dk", "http://", "https://a b.dk", "file:///etc", "http://[:"]
    )
    def test_something_else_is_refused(self, written: str) -> None:
        with pytest.raises(Stopped, match="ikke en webadresse"):
            home_of(written)


class TestTheList:
    def test_is_read(self, service: FirstAgenda, site: Site) -> None:
        id_ = service.add(BEGINS)
        assert [each.id for each in site.listing().meetings] == [id_]

    def test_front_page_gives_its_cookies_first(self, service: FirstAgenda, site: Site) -> None:
        service.strike("/", answer(302, Location="/", Set_Cookie="session=1; Path=/"))
        service.wants_session = True
        service.add(BEGINS)
        assert site.listing().meetings
        assert service.times_asked("/Home/AnonymousAuthentication") == 0

    def test_session_is_asked_for_where_the_site_wants_one(
        self, service: FirstAgenda, site: Site
    ) -> None:
        service.wants_session = True
        service.add(BEGINS)
        assert site.listing().meetings
        assert service.times_asked("/Home/AnonymousAuthentication") == 1

    @pytest.mark.parametrize("status", [404, 500])
    def test_front_page_may_be_missing(self, service: FirstAgenda, site: Site, status: int) -> None:
        service.strike("/", answer(status), answer(status))
        service.add(BEGINS)
        assert site.listing().meetings

    @pytest.mark.parametrize(
        "fault", [answer(404), SIGN_IN_PAGE, answer(403), answer(body=b"[]"), answer(body=b"{}")]
    )
    def test_another_kind_of_site_is_told(
        self, service: FirstAgenda, site: Site, fault: Any
    ) -> None:
        service.strike(LIST, fault, fault, fault)
        with pytest.raises(Stopped, match="ikke ud til at være en FirstAgenda-side"):
            site.listing()

    def test_wrong_json_is_asked_for_again(self, service: FirstAgenda, site: Site) -> None:
        service.strike(LIST, WRONG_JSON)
        assert site.listing().meetings == ()


class TestAMeeting:
    def test_becomes_minutes(self, service: FirstAgenda, site: Site) -> None:
        id_ = service.add(BEGINS, item("1", "Dagsorden"), item("2", "Flere i job"))
        minutes, address, problems = read(site, id_)
        assert problems == ()
        assert address == f"{service.address}/vis?id={id_}"
        assert (minutes.kind, minutes.committee) == ("minutes", "Beskæftigelsesudvalget")
        assert (minutes.date, minutes.start_time) == ("2026-05-04", "14:00")
        assert [(each.number, each.title) for each in minutes.items] == [
            ("1", "Dagsorden"),
            ("2", "Flere i job"),
        ]
        assert minutes.items[1].decisions[0].text == "Godkendt."

    def test_source_is_what_the_site_gave(self, service: FirstAgenda, site: Site) -> None:
        source = read(site, id_ := service.add(BEGINS)).minutes.source
        given = json.dumps(service.agendas[id_]).encode()
        assert source is not None
        assert source.sha256 == hashlib.sha256(given).hexdigest()
        assert source.media_type == "application/json"

    def test_lacks_are_filled_from_the_list(self, service: FirstAgenda, site: Site) -> None:
        coming = {"Navn": "Sagsfremstilling", "Html": "<p>Udvalget drøfter sagen.</p>"}
        id_ = service.add(BEGINS, item("1", "Drøftelse", Felter=[coming]), name="Dagsorden")
        service.agendas[id_].update(Udvalg=None, Moede={"Dato": "0001-01-01T00:00:00"})
        minutes = read(site, id_).minutes
        assert minutes.committee == "Beskæftigelsesudvalget"
        assert (minutes.date, minutes.start_time) == ("2026-05-04", "14:00")
        assert minutes.place == "Mødelokale 2, Lindvig Rådhus"
        assert minutes.kind == "agenda"

    @pytest.mark.parametrize("supplementary", [True, "true"])
    def test_supplementary_agendas(
        self, service: FirstAgenda, site: Site, supplementary: Any
    ) -> None:
        id_ = service.add(BEGINS, name="", Afsluttet="false", IsSupplementaryAgenda=supplementary)
        assert read(site, id_).minutes.kind == "supplementary_agenda"

    def test_names_that_are_old_and_names_that_are_missing(
        self, service: FirstAgenda, site: Site
    ) -> None:
        one = item("7", "Ny")
        for name in ("Number", "CaseNumber", "Caption", "Presentations", "Ressourcer", "Lydfiler"):
            del one[name]
        [read_item] = read(site, service.add(BEGINS, one)).minutes.items
        assert (read_item.number, read_item.title) == ("7", "Ny")
        assert read_item.case_number == "2026-000007"

    def test_closed_items_keep_their_title_only(self, service: FirstAgenda, site: Site) -> None:
        closed = item("2", "Køb af ejendom", IsOpen="false", Felter=[EMPTY])
        id_ = service.add(BEGINS, item("1", "Dagsorden"), closed)
        found = read(site, id_).minutes.items[1]
        assert found.closed
        assert "Køb af ejendom" in (found.title or "")
        assert found.sections == ()
        assert not [path for path in service.asked if "/vis/pdf/" in path]

    def test_old_ids_are_gone(self, service: FirstAgenda, site: Site) -> None:
        id_ = service.add(BEGINS)
        listing = site.listing()
        service.withdraw(id_)
        with pytest.raises(Gone, match="har det ikke længere"):
            read_meeting(site, listing.meetings[0])

    def test_json_of_something_else_cannot_be_read(self, service: FirstAgenda, site: Site) -> None:
        id_ = service.add(BEGINS)
        service.agendas[id_] = {"Message": "Ingen adgang"}
        with pytest.raises(UnreadableDocument, match="FirstAgenda"):
            read(site, id_)

    def test_session_that_runs_out_is_renewed(self, service: FirstAgenda, site: Site) -> None:
        id_ = service.add(BEGINS)
        [listed] = site.listing().meetings
        service.strike(f"/api/agenda/dagsorden/{id_}", SIGN_IN_PAGE)
        assert read_meeting(site, listed).minutes.items

    def test_one_thing_is_asked_for_at_a_time(self, service: FirstAgenda, site: Site) -> None:
        for day in range(10, 20):
            service.add(f"2026-05-{day}T14:00:00+02:00")
        for listed in site.listing().meetings:
            read_meeting(site, listed)
        assert service.most_at_once == 1

    def test_ids_cannot_lead_elsewhere(self, service: FirstAgenda, site: Site) -> None:
        assert site.page("../x?y#z") == f"{service.address}/vis?id=..%2Fx%3Fy%23z"


class TestTextsInPdf:
    def sections(self, site: Site, id_: str) -> dict[str, str]:
        minutes, _, problems = read(site, id_)
        assert problems == ()
        assert [each.number for each in minutes.items] == ["1", "2", "3"]
        assert not [f for f in minutes.findings if f.code == "text_only_in_pdf"]
        return {section.label: section.text for section in minutes.items[1].sections}

    def expect_whole(self, sections: dict[str, str]) -> None:
        assert sections["Sagsfremstilling"].startswith("Der er 412 ledige")
        assert "tager orienteringen til efterretning" in sections["Indstilling"]
        assert sections["Beslutning"] == "Taget til efterretning."

    def test_come_from_the_items_own_pdf(self, service: FirstAgenda, site: Site) -> None:
        id_ = with_pdf_only(service)
        service.serve_pdf(f"/vis/pdf/dagsordenpunkt/{id_of('punkt 2 Flere i job')}", IN_PDF)
        self.expect_whole(self.sections(site, id_))
        found = read(site, id_).minutes.items[1]
        assert [one.outcome for one in found.decisions] == ["noted"]
        assert found.recommendation is not None
        assert found.recommendation.points == ("tager orienteringen til efterretning",)

    def test_come_from_the_fields_pdf_without_any_head(
        self, service: FirstAgenda, site: Site
    ) -> None:
        id_ = with_pdf_only(service)
        service.serve_pdf(f"/vis/pdf/bilag/{DOCUMENT}", "Der er 412 ledige i Lindvig.")
        assert self.sections(site, id_) == {"Sagsfremstilling": "Der er 412 ledige i Lindvig."}

    def test_come_from_the_whole_meetings_pdf(self, service: FirstAgenda, site: Site) -> None:
        id_ = with_pdf_only(service)
        whole = (
            IN_PDF.partition("== Punkt 2")[0]
            + "== Punkt 1: Dagsorden\n=== Beslutning\nGodkendt.\n\n== Punkt 2"
            + IN_PDF.partition("== Punkt 2")[2]
            + "\n== Punkt 3: Eventuelt\n=== Beslutning\nIntet.\n"
        )
        service.serve_pdf(f"/vis/pdf/dagsorden/{id_of('uid')}", whole)
        sections = self.sections(site, id_)
        self.expect_whole(sections)
        assert "Intet." not in json.dumps(sections)

    def test_fill_only_the_field_that_lacks_them(self, service: FirstAgenda, site: Site) -> None:
        decided = {"Navn": "Beslutning", "Html": "<p>Udsat.</p>", "DocumentId": NO_ID}
        id_ = service.add(BEGINS, item("2", "Flere i job", Felter=[EMPTY, decided]))
        service.serve_pdf(f"/vis/pdf/bilag/{DOCUMENT}", "Der er 412 ledige i Lindvig.")
        [found] = read(site, id_).minutes.items
        assert [(one.label, one.text) for one in found.sections] == [
            ("Sagsfremstilling", "Der er 412 ledige i Lindvig."),
            ("Beslutning", "Udsat."),
        ]
        assert not [path for path in service.asked if "dagsordenpunkt" in path]

    def test_that_cannot_be_had_are_told_and_the_rest_is_read(
        self, service: FirstAgenda, site: Site
    ) -> None:
        id_ = with_pdf_only(service)
        service.files[f"/vis/pdf/bilag/{DOCUMENT}"] = (b"%PDF-1.4 broken", "application/pdf")
        minutes, _, [problem] = read(site, id_)
        assert "Punkt 2 (Flere i job)" in problem.danish
        assert "Item 2 (Flere i job)" in problem.english
        assert len(minutes.items) == 3
        assert [f.item for f in minutes.findings if f.code == "text_only_in_pdf"]

    def test_of_other_items_are_not_taken(self, service: FirstAgenda, site: Site) -> None:
        id_ = with_pdf_only(service)
        other = IN_PDF.replace("Punkt 2: Flere i job", "Punkt 8: Kantinen").replace(
            "Der er 412 ledige", "Der er 30 stole"
        )
        service.serve_pdf(
            f"/vis/pdf/dagsorden/{id_of('uid')}", other + "\n== Punkt 9: Andet\nTekst.\n"
        )
        minutes, _, problems = read(site, id_)
        assert len(problems) == 1
        assert minutes.items[1].sections == ()

    @pytest.mark.parametrize("zero", [NO_ID, "", None])
    def test_are_not_looked_for_where_there_is_no_document(
        self, service: FirstAgenda, site: Site, zero: Any
    ) -> None:
        id_ = service.add(BEGINS, item("2", "Kort", Felter=[{**EMPTY, "DocumentId": zero}]))
        minutes, _, problems = read(site, id_)
        assert problems == ()
        assert len(minutes.items) == 1
        assert not [path for path in service.asked if "/vis/pdf/" in path]

    def test_are_not_looked_for_while_the_site_is_busy(
        self, service: FirstAgenda, site: Site
    ) -> None:
        id_ = with_pdf_only(service)
        path = f"/vis/pdf/dagsordenpunkt/{id_of('punkt 2 Flere i job')}"
        service.strike(path, *[answer(503, Retry_After="5")] * 9)
        with pytest.raises(Stopped):
            read(site, id_)


class TestAttachments:
    def attached(self, service: FirstAgenda, site: Site, *attachments: Any) -> list[Any]:
        id_ = service.add(BEGINS, item("1", "Budget", Bilag=list(attachments)))
        [found] = read(site, id_).minutes.items
        return [(one.title, one.address) for one in found.attachments]

    def test_have_name_and_address(self, service: FirstAgenda, site: Site) -> None:
        pdf = f"{service.address}/vis/pdf/bilag/{DOCUMENT}/?redirectDirectlyToPdf=false"
        assert self.attached(
            service,
            site,
            {"Id": DOCUMENT, "Navn": "Tabel", "Order": 1, "HarPdfVersion": "true"},
            {"Id": NO_ID, "Navn": "Notat", "Order": 0, "HarPdfVersion": True, "Link": None},
            {"Navn": "Kort", "Order": 2, "Link": f"/Vis/Pdf/bilag/{DOCUMENT}"},
            {"Id": DOCUMENT, "Navn": "Lydfil", "Order": 3, "HarPdfVersion": "false"},
        ) == [
            ("Notat", None),
            ("Tabel", pdf),
            ("Kort", f"{service.address}/Vis/Pdf/bilag/{DOCUMENT}"),
            ("Lydfil", None),
        ]

    def test_to_fetch_are_those_of_open_items_on_the_site_itself(
        self, service: FirstAgenda, site: Site
    ) -> None:
        own = {"Id": DOCUMENT, "Navn": "Tabel"}
        id_ = service.add(
            BEGINS,
            item("1", "Budget", Bilag=[own, {"Navn": "Lov", "Link": "https://lov.example/1"}]),
            item("2", "Igen", Bilag=[own]),
            item("3", "Ejendom", IsOpen=False, Bilag=[{"Id": id_of("lukket"), "Navn": "Pris"}]),
        )
        [(address, title)] = set(open_attachments(site, read(site, id_).minutes))
        assert title == "Tabel"
        assert DOCUMENT in address

    def test_file_that_is_a_page_is_none(self, service: FirstAgenda, site: Site) -> None:
        service.files["/fil"] = (b"<html>Log ind", "text/html")
        with pytest.raises(Problem, match="webside"):
            site.file(f"{service.address}/fil")
