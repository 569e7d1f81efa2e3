"""The pages of cases: who reads them, what they do, and how many queries they ask."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from tests.archive.test_kle import PLAIN
from tests.meetings.conftest import house

from sagsgang.archive import kle
from sagsgang.cases import approval, log
from sagsgang.cases.models import Acceptance, Approval, Case, Presentation, Treatment

__all__ = ["house"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(house):
    """A browser of the one with a role."""

    def client(role: str) -> Client:
        browser = Client()
        browser.force_login(house.users.get(role) or house.member(role))
        return browser

    return client


@pytest.fixture
def draft(house) -> Presentation:
    return house.case().treatments.get(order=1).presentation


def posted(found: Presentation, **changed):
    """The form as the page gives it, with changes."""
    found.refresh_from_db()
    return {
        "title": found.title,
        "recommendation_by": "Direktionen",
        "points": "Udvalget tager sagen til efterretning.",
        "revision": found.revision,
        "format": "markdown",
        "label-0": "Sagsfremstilling",
        "kind-0": "presentation",
        "section-0": "Flere er i job.",
        **changed,
    }


class TestTheList:
    def test_shows_the_cases_of_ones_unit_and_bodies(self, house, draft, signed_in):
        for role in ("officer", "leader", "secretary"):
            assert draft.title in signed_in(role).get("/arbejde/sager/").content.decode()

    def test_shows_a_member_no_drafts(self, house, draft, signed_in):
        page = signed_in("Ida Holm").get("/arbejde/sager/")
        assert draft.title not in page.content.decode()
        assert signed_in("Ida Holm").get(draft.get_absolute_url()).status_code == 403
        assert signed_in("Ida Holm").get(draft.treatment.case.get_absolute_url()).status_code == 403

    def test_is_narrowed_by_words_and_state(self, house, signed_in):
        house.case("Tolke på jobcentret")
        house.approved("Budget 2027")
        officer = signed_in("officer")
        found = officer.get("/arbejde/sager/?q=tolke+26").content.decode()
        assert "Tolke på jobcentret" in found
        assert "Budget 2027" not in found
        ready = officer.get("/arbejde/sager/?stand=ready").content.decode()
        assert "Budget 2027" in ready
        assert "Tolke på jobcentret" not in ready
        nothing = officer.get("/arbejde/sager/?q=findesikke").content.decode()
        assert "Ingen sager passer" in nothing

    def test_asks_no_more_for_more_cases(self, house, signed_in):
        officer = signed_in("officer")
        house.case()
        few = counted(officer, "/arbejde/sager/")
        for _ in range(5):
            house.approved()
        assert counted(officer, "/arbejde/sager/") == few


class TestANewCase:
    def test_leads_to_its_presentation(self, house, signed_in):
        given = {
            "number": "15.20.00-A00-1-26",
            "title": "Ny indsats",
            "unit": house.unit.pk,
            "body_1": house.body.pk,
            "role_1": Treatment.RECOMMENDING,
            "body_2": house.council.pk,
            "role_2": Treatment.DECIDING,
        }
        answer = signed_in("officer").post("/arbejde/sager/ny/", given)
        case = Case.objects.get(number="15.20.00-A00-1-26")
        assert (
            answer.headers["Location"]
            == case.treatments.get(order=1).presentation.get_absolute_url()
        )
        assert [one.body for one in case.treatments.order_by("order")] == [
            house.body,
            house.council,
        ]

    def test_with_a_number_that_is_taken_is_told_at_the_field(self, house, draft, signed_in):
        given = {"number": "26/00001", "title": "X", "unit": house.unit.pk, "body_1": house.body.pk}
        page = signed_in("officer").post("/arbejde/sager/ny/", given)
        assert page.status_code == 422
        assert "er brugt" in page.content.decode()
        assert page.context["form"].errors.keys() == {"number"}

    def test_has_its_subject_looked_up(self, house, signed_in, settings, tmp_path):
        officer = signed_in("officer")
        given = {"number": "26/9", "title": "X", "unit": house.unit.pk, "body_1": house.body.pk}
        page = "/arbejde/sager/ny/"
        assert 'hx-get="/arbejde/kle/"' not in officer.get(page).content.decode()
        settings.DATA = tmp_path
        kle.take_in(PLAIN.encode())
        assert 'hx-get="/arbejde/kle/"' in officer.get(page).content.decode()
        for asked, told in {
            "noget": "15.20.36 Noget om følgesvende; 15.20.00 Hjælp til noget.",
            "rumfart": "»rumfart« findes ikke",
            "15.20.40": "15.20.40 Gamle følgesvende udgik den 1. maj 2011.",
            "15.99.99": "15.99.99 findes ikke i kommunens KLE.",
        }.items():
            answer = officer.post(page, given | {"kle": asked})
            assert answer.status_code == 422
            assert told in answer.content.decode()
            assert ("kle_anyway" in answer.content.decode()) == asked[0].isdigit()
        made = officer.post(page, given | {"kle": "15.20.40", "kle_anyway": "on"})
        assert made.status_code == 302
        case = Case.objects.get(number="26/9")
        assert "Gamle følgesvende udgik" in (
            officer.get(f"/arbejde/sager/{case.pk}/").content.decode()
        )

    def test_shows_subjects_while_one_is_written(self, house, signed_in, settings, tmp_path):
        settings.DATA = tmp_path
        kle.take_in(PLAIN.encode())
        officer = signed_in("officer")

        def shown(asked):
            return officer.get("/arbejde/kle/", {"kle": asked}).content.decode()

        assert '<option value="15.20.36">15.20.36 Noget om følgesvende</option>' in shown("følge")
        assert ">Hjælp til noget</p>" in shown("15.20.00")
        assert "findes ikke" in shown("15.20.99")
        assert signed_in("Ida Holm").get("/arbejde/kle/", {"kle": "15"}).status_code == 403

    def test_is_begun_by_a_secretary_for_her_own_committee(self, house, signed_in):
        secretary = signed_in("secretary")
        assert "/arbejde/sager/ny/" in secretary.get("/arbejde/sager/").content.decode()
        given = {"number": "26/7", "title": "Mødeplan", "unit": house.unit.pk}
        page = secretary.post("/arbejde/sager/ny/", {**given, "body_1": house.council.pk})
        assert page.context["form"].errors.keys() == {"body_1"}
        made = secretary.post("/arbejde/sager/ny/", {**given, "body_1": house.body.pk})
        assert "<textarea" in secretary.get(made.headers["Location"]).content.decode()

    def test_is_not_for_members(self, house, signed_in):
        assert signed_in("Ida Holm").get("/arbejde/sager/ny/").status_code == 403


class TestACase:
    def test_shows_its_way_and_what_was_done(self, house, signed_in):
        treatment = house.approved()
        page = signed_in("officer").get(treatment.case.get_absolute_url()).content.decode()
        assert "Klar til dagsorden" in page
        assert "Venter på behandlingen før" in page
        assert "Leder: Godkendt" in page
        everything = signed_in("officer").get(f"{treatment.case.get_absolute_url()}log/")
        assert "Sagen er oprettet" in everything.content.decode()

    def test_asks_no_more_for_more_answers(self, house, signed_in):
        officer = signed_in("officer")
        few = counted(officer, house.case().get_absolute_url())
        assert counted(officer, house.approved().case.get_absolute_url()) <= few + 1


class TestWriting:
    def test_keeps_what_is_written_as_plain_text(self, house, draft, signed_in):
        given = posted(draft, **{"section-0": "Nyt.\r\n\r\n- et\r\n- to"})
        answer = signed_in("officer").post(draft.get_absolute_url(), given)
        assert answer.status_code == 302
        draft.refresh_from_db()
        assert draft.sections == [
            {"label": "Sagsfremstilling", "kind": "presentation", "text": "Nyt.\n\n- et\n- to"}
        ]
        assert draft.recommendation_points == ["Udvalget tager sagen til efterretning."]
        assert list(log.verify()) == []

    def test_keeps_what_the_editor_sends(self, house, draft, signed_in):
        rich = "<h3>Baggrund</h3><p>Flere er i <strong>job</strong>.</p>"
        given = posted(draft, format="html", **{"section-0": rich})
        signed_in("officer").post(draft.get_absolute_url(), given)
        draft.refresh_from_db()
        assert draft.sections[0]["text"] == "**Baggrund**\n\nFlere er i **job**."

    def test_by_itself_answers_with_the_revision_and_the_time(self, house, draft, signed_in):
        given = posted(draft)
        answer = signed_in("officer").post(
            draft.get_absolute_url(), given, headers={"X-Autosave": "1"}
        )
        told = json.loads(answer.content)
        assert told["revision"] == given["revision"] + 1
        assert told["told"].startswith("Gemt kl. ")

    def test_of_two_at_once_loses_no_words(self, house, draft, signed_in):
        old = posted(draft, **{"section-0": "Lederens ord."})
        mine = posted(draft, **{"section-0": "Mine ord."})
        signed_in("leader").post(draft.get_absolute_url(), old)
        officer = signed_in("officer")
        by_itself = officer.post(draft.get_absolute_url(), mine, headers={"X-Autosave": "1"})
        assert by_itself.status_code == 409
        page = officer.post(draft.get_absolute_url(), mine)
        shown = page.content.decode()
        assert page.status_code == 409
        assert "Leader har gemt en nyere udgave" in shown
        assert "Lederens" in shown
        assert "Mine ord." in shown
        draft.refresh_from_db()
        assert draft.sections[0]["text"] == "Lederens ord."
        again = {**mine, "revision": page.context["form"]["revision"].value()}
        assert officer.post(draft.get_absolute_url(), again).status_code == 302
        draft.refresh_from_db()
        assert draft.sections[0]["text"] == "Mine ord."
        assert "Lederens ord." in str(list(draft.versions.values_list("content", flat=True)))

    def test_is_told_of_the_other_before_saving(self, house, draft, signed_in):
        signed_in("leader").post(draft.get_absolute_url(), posted(draft))
        told = signed_in("officer").get(f"{draft.get_absolute_url()}stand/").json()
        assert told["revision"] == 3
        assert "Leader" in told["told"]

    def test_a_closed_item_without_a_ground_is_told_at_the_field(self, house, draft, signed_in):
        page = signed_in("officer").post(
            draft.get_absolute_url(), posted(draft, closed="on", title="Med hemmelig titel")
        )
        assert page.status_code == 422
        assert page.context["form"].errors.keys() == {"ground"}
        assert "Med hemmelig titel" in page.content.decode()

    def test_of_what_is_sent_is_refused(self, house, draft, signed_in):
        given = posted(draft)
        signed_in("officer").post(draft.get_absolute_url(), given)
        approval.send(house.officer, draft)
        page = signed_in("officer").post(draft.get_absolute_url(), posted(draft))
        assert page.status_code == 409
        assert "sendt videre" in page.content.decode()
        assert "Flere er i job." in page.content.decode()

    def test_is_not_for_those_who_only_read(self, house, draft, signed_in):
        assert signed_in("director").get(draft.get_absolute_url()).status_code == 200
        answer = signed_in("director").post(draft.get_absolute_url(), posted(draft))
        assert answer.status_code == 403

    def test_does_not_break_out_of_its_page(self, house, draft, signed_in):
        evil = '"><script>alert(1)</script>'
        signed_in("officer").post(
            draft.get_absolute_url(), posted(draft, title=evil, **{"section-0": evil})
        )
        page = signed_in("officer").get(draft.get_absolute_url()).content.decode()
        assert "<script>alert" not in page

    @pytest.mark.parametrize("kind", ["decision", "absence", "hvad som helst"])
    def test_sections_are_of_a_kind_that_can_stand_before_a_decision(self, draft, signed_in, kind):
        given = posted(draft, **{"kind-0": kind})
        signed_in("officer").post(draft.get_absolute_url(), given)
        draft.refresh_from_db()
        assert [one["kind"] for one in draft.sections] == ["other"]


class TestAWordFile:
    def test_becomes_sections_by_its_headings(self, house, draft, signed_in):
        document = Document()
        document.add_heading("Flere i job", 1)
        document.add_heading("Indstilling", 2)
        document.add_paragraph("Forvaltningen indstiller, at")
        document.add_paragraph("udvalget godkender planen.", style="List Number")
        document.add_heading("Sagsfremstilling", 2)
        document.add_paragraph("Planen er ny.")
        document.add_heading("Økonomi", 2)
        document.add_paragraph("Den koster intet.")
        file = io.BytesIO()
        document.save(file)
        upload = SimpleUploadedFile("udkast.docx", file.getvalue())
        answer = signed_in("officer").post(
            f"{draft.get_absolute_url()}hent-ind/", {"file": upload, "revision": 2}
        )
        assert answer.status_code == 302
        draft.refresh_from_db()
        assert draft.title == "Flere i job"
        assert draft.recommendation_points == ["udvalget godkender planen."]
        assert draft.recommendation_by == "Forvaltningen"
        assert {one["label"]: one["text"] for one in draft.sections} == {
            "Sagsfremstilling": "Planen er ny.",
            "Økonomi": "Den koster intet.",
        }

    def test_that_is_none_is_refused_in_words(self, house, draft, signed_in):
        upload = SimpleUploadedFile("udkast.docx", b"ikke word")
        page = signed_in("officer").post(
            f"{draft.get_absolute_url()}hent-ind/", {"file": upload, "revision": 2}
        )
        assert page.status_code == 409
        assert 'role="alert"' in page.content.decode()


class TestApproval:
    def test_goes_through_the_chain_by_buttons(self, house, draft, signed_in):
        signed_in("officer").post(draft.get_absolute_url(), posted(draft))
        address = draft.get_absolute_url()
        assert signed_in("officer").post(f"{address}send/").status_code == 302
        for role in ("leader", "director", "secretary"):
            browser = signed_in(role)
            assert draft.title in browser.get("/arbejde/").content.decode()
            assert "Dit svar som" in browser.get(address).content.decode()
            assert browser.post(f"{address}svar/", {"answer": "approved"}).status_code == 302
        assert Treatment.objects.get(pk=draft.treatment_id).state == Treatment.READY

    def test_returned_comes_back_with_the_comment(self, house, draft, signed_in):
        signed_in("officer").post(draft.get_absolute_url(), posted(draft))
        address = draft.get_absolute_url()
        signed_in("officer").post(f"{address}send/")
        silent = signed_in("leader").post(f"{address}svar/", {"answer": "returned"})
        assert silent.status_code == 409
        given = {"answer": "returned", "comment": "Skriv, hvad det koster."}
        signed_in("leader").post(f"{address}svar/", given)
        assert "Skriv, hvad det koster." in signed_in("officer").get("/arbejde/").content.decode()
        assert "Skriv, hvad det koster." in signed_in("officer").get(address).content.decode()
        # A page from before tells of what was read then, and approves nothing else.
        before = Approval.objects.get()
        assert signed_in("officer").post(f"{address}send/").status_code == 302
        late = signed_in("leader").post(
            f"{address}svar/", {"answer": "approved", "step": before.pk}
        )
        assert late.status_code == 409
        step = Approval.objects.get(answer=Approval.ASKED)
        assert f'name="step" value="{step.pk}"' in late.content.decode()
        seen = {"answer": "approved", "step": step.pk}
        assert signed_in("leader").post(f"{address}svar/", seen).status_code == 302

    def test_asks_no_more_for_more_that_waits(self, house, signed_in):
        leader = signed_in("leader")
        approval.send(house.officer, house.case().treatments.get(order=1).presentation)
        few = counted(leader, "/arbejde/")
        for _ in range(4):
            approval.send(house.officer, house.case().treatments.get(order=1).presentation)
        assert counted(leader, "/arbejde/") == few

    def test_what_all_have_approved_is_returned_by_the_secretary(self, house, signed_in):
        found = house.approved().presentation
        address, secretary = found.get_absolute_url(), signed_in("secretary")
        given = {"answer": "returned", "comment": "Beløbet er fra sidste år."}
        assert signed_in("leader").post(f"{address}svar/", given).status_code == 403
        assert secretary.post(f"{address}svar/", {"answer": "returned"}).status_code == 409
        assert 'value="returned"' in secretary.get(address).content.decode()
        assert secretary.post(f"{address}svar/", given).status_code == 302
        assert "Beløbet er fra sidste år." in signed_in("officer").get(address).content.decode()
        found.treatment.refresh_from_db()
        assert found.treatment.state == Treatment.DRAFT
        house.through(found.treatment)
        assert secretary.post(f"{address}svar/", {"answer": "approved"}).status_code == 409

    def test_what_stands_on_an_agenda_is_not_returned(self, house, signed_in):
        found = house.item(house.meeting()).presentation
        given = {"answer": "returned", "comment": "Beløbet er fra sidste år."}
        refused = signed_in("secretary").post(f"{found.get_absolute_url()}svar/", given)
        assert refused.status_code == 409


class TestARemark:
    def test_is_accepted_with_a_reason_and_stays_so(self, house, draft, signed_in):
        officer = signed_in("officer")
        officer.post(
            draft.get_absolute_url(),
            posted(draft, **{"section-0": "Mødet holdes mandag den 3. marts 2026."}),
        )
        remarks = officer.get(draft.get_absolute_url()).context["remarks"]
        assert remarks
        address = f"{draft.get_absolute_url()}bemaerkning/"
        assert officer.post(address, {"key": remarks[0].key}).status_code == 409
        given = {"key": remarks[0].key, "reason": "Det er et citat."}
        assert officer.post(address, given).status_code == 302
        left = officer.get(draft.get_absolute_url()).context["remarks"]
        assert remarks[0].key not in {one.key for one in left}
        assert Acceptance.objects.get().reason == "Det er et citat."


class TestVersions:
    def test_of_one_sitting_stand_as_one_with_the_differences(self, house, draft, signed_in):
        officer = signed_in("officer")
        officer.post(draft.get_absolute_url(), posted(draft, **{"section-0": "Et."}))
        officer.post(draft.get_absolute_url(), posted(draft, **{"section-0": "To."}))
        signed_in("leader").post(draft.get_absolute_url(), posted(draft, **{"section-0": "Tre."}))
        page = officer.get(f"{draft.get_absolute_url()}udgaver/")
        assert [(one.revision, one.before) for one in page.context["versions"]] == [
            (5, 4), (4, 1), (1, None),
        ]  # fmt: skip
        compared = officer.get(f"{draft.get_absolute_url()}udgaver/5/?fra=4").content.decode()
        assert "<del>" in compared
        assert "<ins>" in compared


class TestAttachments:
    def test_are_handed_in_read_moved_and_taken_out(self, house, draft, signed_in):
        officer = signed_in("officer")
        address = draft.get_absolute_url()
        files = [SimpleUploadedFile("a.txt", b"Et bilag"), SimpleUploadedFile("b.txt", b"To")]
        answer = officer.post(
            f"{address}bilag/", {"file": files, "revision": draft_revision(draft)}
        )
        assert answer.status_code == 302
        first, second = draft.attachments.order_by("position")
        read = officer.get(f"/arbejde/bilag/{first.pk}/")
        assert b"".join(read.streaming_content) == b"Et bilag"
        assert "sandbox" in read.headers["Content-Security-Policy"]
        officer.post(
            f"/arbejde/bilag/{first.pk}/flyt/", {"way": "down", "revision": draft_revision(draft)}
        )
        assert [one.title for one in draft.attachments.order_by("position")] == ["b", "a"]
        officer.post(
            f"/arbejde/bilag/{second.pk}/ret/",
            {"title": "Regnskab", "closed": "on", "revision": draft_revision(draft)},
        )
        second.refresh_from_db()
        assert (second.title, second.closed) == ("Regnskab", True)
        officer.post(
            f"/arbejde/bilag/{second.pk}/ret/",
            {"title": "Regnskab", "remove": "1", "revision": draft_revision(draft)},
        )
        assert [one.title for one in draft.attachments.all()] == ["a"]
        kept = officer.get(f"{address}udgaver/{draft_revision(draft) - 1}/")
        assert "Regnskab" in kept.content.decode()

    def test_are_not_for_those_who_may_not_read_the_case(self, house, draft, signed_in):
        upload = SimpleUploadedFile("a.txt", b"Et bilag")
        signed_in("officer").post(
            f"{draft.get_absolute_url()}bilag/", {"file": upload, "revision": draft_revision(draft)}
        )
        one = draft.attachments.get()
        assert signed_in("Ida Holm").get(f"/arbejde/bilag/{one.pk}/").status_code == 403
        assert Client().get(f"/arbejde/bilag/{one.pk}/").status_code == 302

    def test_a_program_is_refused_in_words(self, house, draft, signed_in):
        upload = SimpleUploadedFile("a.pdf", b"MZ\x90")
        page = signed_in("officer").post(
            f"{draft.get_absolute_url()}bilag/", {"file": upload, "revision": draft_revision(draft)}
        )
        assert page.status_code == 409
        assert not draft.attachments.exists()


def test_a_treatment_is_withdrawn_with_a_reason(house, draft, signed_in):
    address = f"{draft.get_absolute_url()}traek-tilbage/"
    signed_in("officer").post(address, {"reason": "Den er overhalet."})
    assert Treatment.objects.get(pk=draft.treatment_id).state == Treatment.WITHDRAWN


def test_actions_are_by_buttons_only(house, draft, signed_in):
    for name in ("send", "svar", "traek-tilbage", "bemaerkning", "hent-ind"):
        answer = signed_in("officer").get(f"{draft.get_absolute_url()}{name}/")
        assert answer.status_code == 405


def draft_revision(found: Presentation) -> int:
    return Presentation.objects.get(pk=found.pk).revision


def counted(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
