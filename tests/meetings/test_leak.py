"""Nothing closed gets out: meetings with secret words in every closed place, and all that is public.

A meeting is made up, with a word of its own in each place that is not for the public: texts and
attachments of closed items, closed attachments of open ones, file names, drafts, comments, reasons,
notes, questions and their answers, answers in hearing, what was typed and not decided, grounds of
conflict, refusals. It is held, published, corrected and sealed. Then
everything that the public can fetch is fetched, and none of the words may be in it.
"""

from __future__ import annotations

import datetime
import gzip
import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlsplit

import hypothesis
import pyarrow.parquet
import pypdfium2
import pytest
from django.conf import settings as site
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from tests.archive.crawling import HOST, Visited, crawl
from tests.cases.drawn import png
from tests.minutes.test_pdf import _attachment as attachment_of

from sagsgang.archive import files
from sagsgang.archive.models import Publication
from sagsgang.cases import approval, attachments, drafting, hearing, log, pictures
from sagsgang.cases.models import Attachment, Case, File, Presentation, Treatment, User
from sagsgang.meetings import agenda, notes, questions, sealing, session, signing, typed
from sagsgang.meetings.models import Item, Meeting
from sagsgang.minutes.writers.pdf import ATTACHED

from . import authority
from .house import House, build, refuse, sign

# A meeting takes seconds to hold and to look through.
EXAMPLES = 40 if hypothesis.settings().max_examples > 1000 else 2
NONSENSE = "zqxzqxwvut"
API = "/api/municipalities /api/bodies /api/people /api/meetings /api/items /api/cases /api/publications"
STARTS = (
    "/", "/sitemap.xml", "/robots.txt", "/soeg/", "/om/", "/kilder/", "/feed.atom", "/kalender.ics",
    "/soeg/feed.atom", "/soeg/kalender.ics", "/data/", "/data/referater.jsonl",
    "/data/referater.jsonl.gz", "/data/referater.parquet", "/data/skema.json", "/data/dcat.jsonld",
    "/foelg/", "/oparl/", "/api/openapi.json", *API.split(),
)  # fmt: skip


class Secrets:
    """Words that are nowhere else, each for one place."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def word(self, place: str) -> str:
        letters = "".join(chr(ord("a") + int(digit)) for digit in f"{len(self.places):04}")
        word = f"qx{letters}hemmelig"
        self.places[word] = place
        return word

    def found_in(self, text: str) -> set[str]:
        """The places whose words are in a text."""
        lowered = text.lower()
        return {self.places[word] for word in re.findall(r"qx[a-j]{4}hemmelig", lowered)}


KINDS = st.fixed_dictionaries(
    {
        "closed": st.booleans(),
        "told": st.booleans(),
        "attachments": st.lists(st.booleans(), max_size=2),
        "outcome": st.sampled_from(["approved", "rejected", "postponed", "referred_back"]),
        "late": st.booleans(),
        "leave": st.booleans(),
        "taken_off": st.sampled_from([False, False, True]),
    }
)


PLAIN = {
    "closed": False, "told": True, "attachments": [True], "outcome": "approved", "late": False,
    "leave": True, "taken_off": False,
}  # fmt: skip


def case_of(house: House, secret: Secrets, kind: dict[str, Any]) -> Treatment:
    """An approved case, with a secret word wherever nothing is for the public."""
    hidden = kind["closed"]
    house.numbers += 1
    say = (lambda place, _open: secret.word(place)) if hidden else (lambda _place, text: text)
    case = drafting.create_case(
        house.officer,
        house.municipality,
        say("case number", f"26/{house.numbers:05}"),
        say("case title", "Indsats for ledige"),
        unit=house.unit,
        way=[(house.body, Treatment.RECOMMENDING), (house.council, Treatment.DECIDING)],
    )
    treatment = case.treatments.get(order=1)
    # What was written first, and is not what was put before the body.
    drafting.save(
        house.officer, treatment.presentation, {"title": secret.word("earlier draft")}, revision=1
    )
    content = {
        "title": say("title", "Indsats for ledige"),
        "closed": hidden,
        "ground": secret.word("ground") if hidden else "",
        "public_title": "Lukket sag" if kind["told"] else "",
        "recommendation_by": say("recommendation by", "Direktionen"),
        "recommendation_points": [say("recommendation", "at indsatsen fortsætter")],
        "sections": [
            {
                "label": say("label", "Sagsfremstilling"),
                "kind": "presentation",
                "text": say("text", "Flere er i job end sidste år."),
            }
        ],
    }
    picture = pictures.add(house.officer, treatment.presentation, "a.png", png(house.numbers % 250))
    shown = say("alternative text", "Et felt")
    content["sections"][0]["text"] += f"\n\n![{shown}](billede:{picture.file.sha256})"
    drafting.save(house.officer, treatment.presentation, content, revision=2)
    _hear(house, secret, case, say)
    for is_open in kind["attachments"]:
        shut = hidden or not is_open
        treatment.presentation.refresh_from_db()
        attachments.add(
            house.officer,
            treatment.presentation,
            f"{secret.word('file name')}.txt",
            (secret.word("attachment") if shut else "Åbent bilag").encode(),
            title=secret.word("attachment's title") if shut else "Notat",
            closed=not is_open,
            revision=treatment.presentation.revision,
        )
    treatment.presentation.refresh_from_db()
    step = approval.send(house.officer, treatment.presentation)
    approval.give_back(house.users["leader"], step, secret.word("returned with"))
    step = approval.send(house.officer, treatment.presentation)
    while step is not None:
        step = approval.approve(house.users[step.role], step, secret.word("approved with"))
    treatment.refresh_from_db()
    return treatment


def _hear(house: House, secret: Secrets, case: Case, say: Any) -> None:
    """A hearing with a closed answer."""
    day = datetime.date(2026, 1, 5)
    subject, name = say("hearing", "Udkastet"), say("who is heard", "Ældrerådet")
    made = hearing.send_out(house.officer, case, subject, [name], sent_on=day, deadline=day)
    hearing.answer(
        house.officer,
        made.replies.get(),
        secret.word("closed answer"),
        answered_on=day,
        closed=True,
        file=(f"{secret.word('answer file name')}.txt", secret.word("answer file").encode()),
    )


def held(house: House, secret: Secrets, kinds: list[dict[str, Any]]) -> Meeting:
    """A meeting over the cases, from its agenda to its seal."""
    meeting = house.meeting()
    agenda.add_standing(house.secretary, meeting, "Godkendelse af dagsorden")
    taken = {}
    for late in (False, True):
        for kind in (one for one in kinds if one["late"] == late):
            item = agenda.take_in(house.secretary, meeting, case_of(house, secret, kind))
            taken[item.pk] = kind
        if meeting.items.filter(number=None).exists():
            agenda.publish(house.secretary, meeting, secret.word("late because"))
        meeting.refresh_from_db()

    for item in Item.objects.filter(pk__in=taken):
        notes.write(house.member("Ida Holm"), item, secret.word("note"), "", revision=0)
        if not item.closed:
            asked = questions.ask(house.member("Ida Holm"), item, secret.word("question"))
            questions.answer(house.secretary, asked, secret.word("answer to question"))
        if taken[item.pk]["taken_off"]:
            agenda.take_off(house.secretary, item, secret.word("taken off because"))
    session.open_meeting(house.secretary, meeting)
    for item in meeting.items.filter(withdrawn=False):
        _decide(house, secret, item, taken.get(item.pk))
    session.close(house.secretary, meeting)
    meeting.refresh_from_db()
    session.publish_minutes(house.secretary, meeting)
    for item in Item.objects.filter(pk__in=taken, closed=True, withdrawn=False):
        session.correct(house.secretary, item, secret.word("correction"), secret.word("why"))
    refuse(house.member("Ole Brandt"), meeting, secret.word("refusal"))
    for person in signing.missing(meeting):
        sign(User.objects.get(person=person), meeting)
    signing.make_final(house.secretary, meeting, secret.word("made final because"))
    sealing.seal(house.secretary, Meeting.objects.get(pk=meeting.pk))
    house.case(secret.word("a draft"))
    return meeting


def _decide(house: House, secret: Secrets, item: Item, kind: dict[str, Any] | None) -> None:
    if kind is None:
        session.decide(house.secretary, item, "Godkendt.", "approved")
        return
    away = [house.people["Jens Mølgaard"]] if kind["leave"] else []
    for person in away:
        session.leave(house.secretary, item, person, secret.word("ground of conflict"))
    most, few = ("against", "for") if kind["outcome"] == "rejected" else ("for", "against")
    votes = {
        person.pk: few if name == "Ida Holm" else most
        for name, person in house.people.items()
        if person not in away
    }
    hidden = item.closed
    outcome = kind["outcome"]
    typed.keep(house.secretary, item, typed.Content(secret.word("typed, not decided")), 0)
    session.decide(
        house.secretary,
        item,
        secret.word("decision") if hidden else "Besluttet som indstillet.",
        outcome,
        votes=votes,
        public_text="Behandlet." if kind["told"] and hidden else "",
    )
    ida = house.people["Ida Holm"]
    wrong = session.dissent(house.secretary, item, ida, secret.word("dissent taken back"))
    session.take_back_dissent(house.secretary, wrong)
    if hidden:
        entry = session.dissent(house.secretary, item, ida, secret.word("dissent"))
        session.approve_dissent(house.member("Ida Holm"), entry)


# All that is public


def everything(client: Client, secret: Secrets) -> Iterator[tuple[str, str]]:
    """The text of each answer, with its address."""
    known: set[str] = set()
    for each in crawl(client, (*STARTS, *_paths_of_api()), limit=4000):
        known.add(each.address)
        yield each.address, text_of(each)
        yield each.address, str(each.headers)
        if "json" in each.media_type and each.status == 200:
            yield from _followed(client, each, known)
    for path in files.hashes(site.MEDIA_ROOT):
        yield path, text_of_file(files.path_of(path).read_bytes())
    yield from _guessed(client, known)


def _guessed(client: Client, known: set[str]) -> Iterator[tuple[str, str]]:
    """What nobody is led to: the working house's pages, its files, and the site's own files."""
    found = Meeting.objects.earliest("pk")
    parts = ("", "laes/", "godkend/", "moede/", "referat/", "referat.pdf", "dagsorden.pdf")
    within = [f"{found.get_absolute_url()}{part}" for part in parts]
    shown = ("", "se/", "se/1/")
    within += [
        f"/arbejde/bilag/{one.pk}/{part}" for one in Attachment.objects.all() for part in shown
    ]
    within += [one.get_absolute_url() for one in (*Case.objects.all(), *Presentation.objects.all())]
    for address in within:
        answer = client.get(address)
        assert answer.status_code == 302, address
        yield address, answer.content.decode() + str(answer.headers)
    # A file's address is that of its contents: those of the working house are at none of them.
    public = set(files.hashes(site.MEDIA_ROOT))
    closed = {one.sha256 for one in File.objects.all()} - public
    addresses = {address for address in known for one in public if one in address}
    assert closed
    for address in addresses:
        [own] = [one for one in public if one in address]
        for other in closed:
            assert client.get(address.replace(own, other)).status_code == 404
    for static in sorted(site.STATIC_ROOT.rglob("*")):
        if static.is_file():
            yield str(static), static.read_bytes().decode("utf-8", "replace")


def errors(client: Client, secret: Secrets) -> Iterator[tuple[str, str]]:
    """The pages of what went wrong, without the word that the reader wrote."""
    for word in secret.places:
        for address in (f"/{word}/", f"/lindvig/{word}/", f"/lindvig/jobudvalget/{word}/?a={word}"):
            answer = client.get(address)
            assert answer.status_code == 404
            yield "not found", answer.content.decode().lower().replace(word, NONSENSE)
    refused = Client(enforce_csrf_checks=True).post("/arbejde/konto/log-ind/")
    assert refused.status_code == 403
    yield "refused", refused.content.decode()
    careless = Client(raise_request_exception=False)
    with patch.object(Publication, "minutes", property(lambda _self: 1 / 0)):
        broken = careless.get(f"{Publication.objects.last().get_absolute_url()}referat.json")
    assert broken.status_code == 500
    yield "broken", broken.content.decode()


def _paths_of_api() -> Iterator[str]:
    for publication in Publication.objects.all():
        page = publication.get_absolute_url()
        yield from (f"{page}{name}.pdf" for name in ("forseglet", "uforseglet"))


def _followed(client: Client, each: Visited, known: set[str]) -> Iterator[tuple[str, str]]:
    """What the addresses in an answer of JSON lead to."""
    waiting = [each]
    while waiting:
        for link in re.findall(rf'"(?:https?://{HOST})?(/[^"\s]*)"', waiting.pop().body.decode()):
            address = link.replace("\\/", "/")
            if address in known or "{" in address or address.startswith("/static/"):
                continue
            known.add(address)
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            kind = answer.headers.get("Content-Type", "").partition(";")[0]
            found = Visited(address, each.address, answer.status_code, kind, {}, body)
            yield address, text_of(found)
            if "json" in kind and answer.status_code == 200:
                waiting.append(found)


def text_of(each: Visited) -> str:
    if urlsplit(each.address).path.endswith(".gz"):
        return gzip.decompress(each.body).decode()
    return text_of_file(each.body)


def text_of_file(data: bytes) -> str:
    """All that can be read in a file: the page, what it says of itself, what is attached."""
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_range() for page in document]
        name, attached = attachment_of(document)
        assert name == ATTACHED
        return "\n".join([*pages, json.dumps(document.get_metadata_dict()), attached.decode()])
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            inside = [zipped.read(name).decode("utf-8", "replace") for name in zipped.namelist()]
            return "\n".join([*zipped.namelist(), *inside])
    if data.startswith(b"PAR1"):
        return str(pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist())
    return data.decode("utf-8", "replace")


def searched(client: Client, secret: Secrets) -> Iterator[tuple[str, str, str]]:
    """Each secret word that is searched for, and what the answer would be to nonsense."""
    for word in secret.places:
        for form in (
            "/soeg/?q={}",
            "/soeg/?q={}*",
            "/soeg/?q={}e",
            "/api/items?q={}",
            "/soeg/feed.atom?q={}",
        ):
            answers = [client.get(form.format(quote(each))) for each in (word, NONSENSE)]
            told = [one.content.decode().lower() for one in answers]
            yield form, told[0].replace(word, NONSENSE), told[1]


@pytest.mark.django_db
@pytest.mark.no_cover
def test_no_secret_word_gets_out(
    settings: Any, tmp_path: Any, caplog: Any, monkeypatch: Any
) -> None:
    settings.WORKING_ROOT, settings.MEDIA_ROOT = tmp_path / "working", tmp_path / "files"
    settings.API_PER_MINUTE = settings.SEARCHES_PER_MINUTE = 10**9
    made = authority.make(tmp_path)
    settings.SEAL_CERTIFICATE, settings.SEAL_PASSWORD = str(made.seal), authority.PASSWORD
    caplog.set_level(logging.INFO)
    # Django's own go to the one who runs the site, and no further.
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    caplog.set_level(logging.INFO, "django")

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(KINDS, max_size=2))
    def leaks_nothing(kinds: list[dict[str, Any]]) -> None:
        with transaction.atomic():
            _look(kinds, caplog)
            transaction.set_rollback(True)

    leaks_nothing()


def _look(kinds: list[dict[str, Any]], caplog: pytest.LogCaptureFixture) -> None:
    secret = Secrets()
    caplog.clear()
    # Whatever else there is: a closed item, and an open one with a closed attachment and an open.
    fixed = [{**PLAIN, "closed": True}, {**PLAIN, "attachments": [False, True]}]
    held(build(), secret, [*fixed, *kinds])
    assert len(secret.places) > 20
    client = Client()
    assert leaks_in(everything(client, secret), secret) == set()
    # What a reader writes in an address is in the log afterwards.
    assert secret.found_in(caplog.text) == set()
    assert leaks_in(errors(client, secret), secret) == set()
    for form, told, nonsense in searched(client, secret):
        assert _without_times(told) == _without_times(nonsense), form
    assert list(log.verify()) == []


def leaks_in(answers: Iterator[tuple[str, str]], secret: Secrets) -> set[tuple[str, str]]:
    """Each address at which a secret word is, with the place it is from."""
    return {(address, place) for address, text in answers for place in secret.found_in(text)}


def _without_times(text: str) -> str:
    """An answer without what differs from one moment to the next: times, and tokens of forms."""
    return re.sub(
        r"<updated>.*?</updated>|value=\"[a-z0-9]{64}\"|\d+(?:,\d+)? (?:ms|sekund\w*)", "", text
    )
