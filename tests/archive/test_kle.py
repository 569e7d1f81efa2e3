"""Names of KLE's main groups come from the municipality's own file, and from nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from sagsgang.archive import kle
from sagsgang.archive.publishing import publish

from .documents import item, meeting
from .pages.reading import Seen

# No text of KLE itself: the names are invented.
PLAN = """<?xml version="1.0" encoding="utf-8"?>{start}
<Hovedgruppe><HovedgruppeNr>15</HovedgruppeNr><HovedgruppeTitel>Ord om
 arbejde &amp; fritid</HovedgruppeTitel>
<Gruppe><GruppeNr>15.20</GruppeNr><GruppeTitel>En gruppe</GruppeTitel>
<Emne><EmneNr>15.20.00</EmneNr><EmneTitel>Hjælp til noget</EmneTitel></Emne>
<Emne><EmneNr>15.20.36</EmneNr><EmneTitel>Noget om følgesvende</EmneTitel></Emne>
<Emne><EmneNr>15.20.40</EmneNr><EmneTitel>Gamle følgesvende</EmneTitel><EmneAdministrativInfo>
<OprettetDato>2000-01-01</OprettetDato><Historisk><UdgaaetDato>2011-05-01T00:00:00</UdgaaetDato></Historisk>
</EmneAdministrativInfo></Emne></Gruppe></Hovedgruppe>
<Hovedgruppe><HovedgruppeNr>1x</HovedgruppeNr><HovedgruppeTitel>Intet</HovedgruppeTitel></Hovedgruppe>
<Hovedgruppe><HovedgruppeNr>27</HovedgruppeNr></Hovedgruppe>
</KLE-Emneplan>"""
PLAIN = PLAN.format(start="<KLE-Emneplan>")


@pytest.fixture(autouse=True)
def file(settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path / kle.FILE


def test_without_a_file_there_are_only_numbers() -> None:
    assert kle.plan() == kle.Plan({}, {})
    assert kle.named("15") == "15"


@pytest.mark.parametrize(
    "text", [PLAIN, PLAN.format(start='<KLE-Emneplan xmlns="http://eksempel.dk/kle">')]
)
def test_names_are_read_from_the_file(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    assert kle.plan().main_groups == {"15": "Ord om arbejde & fritid"}
    assert (kle.named("15"), kle.named("27")) == ("15 Ord om arbejde & fritid", "27")


def test_a_new_file_is_read(file: Path) -> None:
    file.write_text(PLAIN, "utf-8")
    kle.plan()
    file.write_text(PLAIN.replace("fritid", "mere end fritid"), "utf-8")
    assert kle.named("15") == "15 Ord om arbejde & mere end fritid"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ikke XML",
        PLAIN[:150],
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><KLE-Emneplan><Hovedgruppe>'
        "<HovedgruppeNr>15</HovedgruppeNr><HovedgruppeTitel>&x;</HovedgruppeTitel></Hovedgruppe>"
        "</KLE-Emneplan>",
    ],
)
def test_a_file_that_is_none_is_left_alone(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    assert kle.named("15") == "15"


@pytest.mark.django_db
def test_the_search_shows_the_name_and_asks_by_the_number(client: Client, file: Path) -> None:
    publish(meeting(item(case_number="15.20.00-P27-1-24", kle="15.20.00")))
    publish(meeting(item(case_number="27.00.00-P27-1-24", kle="27.00.00"), date="2026-04-01"))
    numbers = Seen(client, "/soeg/").tree.xpath("//input[@name='emne']/@value")
    file.write_text(PLAIN, "utf-8")
    page = Seen(client, "/soeg/")
    labels = [" ".join(one.text_content().split()) for one in page.all("label")]
    assert "15 Ord om arbejde & fritid 1" in labels
    assert "27 1" in labels
    assert page.tree.xpath("//input[@name='emne']/@value") == numbers
    assert "Ord om" in Seen(client, "/soeg/?emne=15").text()


def test_a_plan_is_taken_in_whole_or_not_at_all(file: Path) -> None:
    assert len(kle.take_in(PLAIN.encode()).subjects) == 3
    for data in (b"", b"ikke XML", PLAIN.encode()[:300], b"<KLE-Emneplan/>"):
        with pytest.raises(kle.NoPlan):
            kle.take_in(data)
    assert [one.name for one in file.parent.iterdir()] == [kle.FILE]
    assert kle.subject("15.20.00") == kle.Subject("15.20.00", "Hjælp til noget")


def test_subjects_in_use_are_found_by_number_and_by_words(file: Path) -> None:
    assert kle.found("noget") == []
    file.write_text(PLAIN, "utf-8")
    assert [one.number for one in kle.found("15.20")] == ["15.20.00", "15.20.36"]
    assert [one.number for one in kle.found("Noget")] == ["15.20.36", "15.20.00"]
    assert [one.number for one in kle.found("om følge")] == ["15.20.36"]
    old = kle.subject("15.20.40")
    assert old is not None
    assert old.is_over
