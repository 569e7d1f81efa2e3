"""The administrator's page of the outline, and what officers and printers then do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.meetings.conftest import house

from sagsgang.archive.models import Publication
from sagsgang.cases import drafting, proofreading
from sagsgang.cases.models import Case, HouseRules, Treatment
from sagsgang.cases.refused import Refused
from sagsgang.meetings import agenda
from sagsgang.meetings.models import Item
from sagsgang.web.sign_in import invitations

__all__ = ["house"]
pytestmark = pytest.mark.django_db
PAGE = "/arbejde/skabelon/"


@pytest.fixture
def administrator(house) -> Client:
    browser = Client()
    browser.force_login(invitations.invite("eva@lindvig.dk", "Eva Lund", administrator=True))
    return browser


def form_of(browser: Client, **changed: str) -> dict[str, str]:
    """The form as the page gives it, with changes."""
    own = browser.get(PAGE).context["own"]
    given = {"recommender": own.recommender, "case_numbers": "", "do": "save"}
    for number, row in enumerate(own.rows):
        given |= {f"label-{number}": row.label, f"kind-{number}": row.kind}
        given |= {f"required-{number}": "on"} if row.required else {}
    return given | changed


def labels(house) -> list[str]:
    return [row.label for row in HouseRules.of(house.municipality).outline.rows]


def test_an_outline_is_chosen_and_adjusted(house, administrator):
    administrator.post(PAGE, form_of(administrator, do="begin:gladsaxe"))
    rules = HouseRules.of(house.municipality)
    assert labels(house)[0] == "Beslutning"
    assert rules.case_numbers == "{år:2}-{nr}-{kle}-{facet}"
    new = {"new-label": "Klima", "new-kind": "other", "do": "add"}
    administrator.post(PAGE, form_of(administrator, **new))
    last = len(labels(house)) - 1
    administrator.post(PAGE, form_of(administrator, do=f"up:{last}"))
    administrator.post(PAGE, form_of(administrator, do="remove:1"))
    summary = labels(house).index("Resumé")
    codes = {f"code-{house.council.pk}": "BYR"}
    administrator.post(
        PAGE, form_of(administrator, **{f"label-{summary}": "Kort fortalt"}, **codes)
    )
    assert labels(house)[-2:] == ["Klima", "Bilag"]
    assert "Kommende behandlingsforløb" not in labels(house)
    assert "Kort fortalt" in labels(house)
    assert HouseRules.of(house.municipality).codes == {"byraadet": "BYR"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"label-0": ""}, "mangler sin overskrift"),
        ({"label-0": "Bilag"}, "står to gange"),
        ({"label-0": "Resume {tid}"}, "kendes ikke"),
        ({"case_numbers": "{sag}"}, "kendes ikke"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(house, administrator, changed, told):
    page = administrator.post(PAGE, form_of(administrator, **{"label-2": "Sagen"}, **changed))
    assert page.status_code == 422
    assert told in page.content.decode()
    assert 'value="Sagen"' in page.content.decode()
    assert not HouseRules.objects.exists()


def test_others_do_not_see_it(house):
    browser = Client()
    browser.force_login(house.secretary)
    assert browser.get(PAGE).status_code == 403


def test_the_officer_writes_in_it_and_the_agenda_is_printed_by_it(house, administrator):
    administrator.post(PAGE, form_of(administrator, do="begin:horsens"))
    administrator.post(PAGE, form_of(administrator, **{"label-0": "Kort fortalt"}))
    case = drafting.create_case(
        house.officer, house.municipality, "26/1", "Plan", unit=house.unit,
        way=[(house.body, Treatment.RECOMMENDING), (house.council, Treatment.DECIDING)],
    )  # fmt: skip
    draft = case.treatments.get(order=1).presentation
    assert draft.recommendation_by == "Direktionen"
    officer = Client()
    officer.force_login(house.officer)
    page = officer.get(draft.get_absolute_url()).content.decode()
    assert page.count("Skal udfyldes.") == 2
    missing = [one.place for one in proofreading.standing(draft) if one.code == "section_missing"]
    assert missing == ["Kort fortalt", "Indstilling", "Sagsfremstilling"]
    content = {
        "recommendation_points": ["planen godkendes."],
        "sections": [
            {"label": "Sagsfremstilling", "kind": "presentation", "text": "Alt om planen."},
            {"label": "Kort fortalt", "kind": "summary", "text": "En plan."},
        ],
    }
    drafting.save(house.officer, draft, content, revision=1)
    draft.refresh_from_db()
    meeting = house.meeting()
    agenda.take_in(house.secretary, meeting, house.through(case.treatments.get(order=1)))
    agenda.publish(house.secretary, meeting)
    administrator.post(PAGE, form_of(administrator, do="begin:gladsaxe"))
    [item] = Publication.objects.get(kind="agenda").minutes.items
    order = [(section.label, section.text.split("\n")[-1]) for section in item.sections]
    assert order == [
        ("Kort fortalt", "Sagen afgøres af Byrådet."),
        ("Indstilling", "1. planen godkendes."),
        ("Sagsfremstilling", "Alt om planen."),
    ]
    kept = Item.objects.get().meeting.kept_outline
    assert kept["base"] == "horsens"


def make(house, number: str, kle: str = "") -> Case:
    return drafting.create_case(
        house.officer, house.municipality, number, "Sag", unit=house.unit, kle=kle,
        way=[(house.body, Treatment.DECIDING)],
    )  # fmt: skip


def test_case_numbers_are_in_the_form_and_never_given_twice(house, administrator):
    form = "{kle}-{facet}-{nr}-{år:2}"
    administrator.post(PAGE, form_of(administrator, case_numbers=form))
    year = f"{timezone.localdate():%y}"
    first = make(house, "", "15.20.00")
    assert first.number == f"15.20.00-A00-1-{year}"
    drafting.withdraw(house.officer, first.treatments.get(), "Fejl")
    assert make(house, "", "15.20.00").number == f"15.20.00-A00-2-{year}"
    assert make(house, f"27.00.00-G01-7-{year}").kle == "27.00.00"
    for number in ("26/1", first.number):
        with pytest.raises(Refused):
            make(house, number)
    with pytest.raises(Refused, match="ikke et KLE-nummer"):
        make(house, "", "beskæf.")
    officer = Client()
    officer.force_login(house.officer)
    assert "lad feltet stå tomt" in officer.get("/arbejde/sager/ny/").content.decode()
