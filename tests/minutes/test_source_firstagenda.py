"""FirstAgenda's JSON becomes blocks in print form, whatever its names and gaps."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.blocks import HEADING, ITEM, TEXT, BlockStream, UnreadableDocument
from sagsgang.minutes.sources.firstagenda import read_firstagenda

NO_ID = "00000000-0000-0000-0000-000000000000"
SOME_ID = "6d1f0e3a-0000-4000-8000-000000000001"

AGENDA: dict[str, Any] = {
    "Id": SOME_ID,
    "Udvalg": {"Id": SOME_ID, "Navn": "Beskæftigelsesudvalget"},
    "Moede": {
        "Id": NO_ID,
        "Dato": "2025-06-18T15:00:00+02:00",
        "Sted": "Lokale 14",
        "Navn": "Referat",
        "Moededeltagere": ["Anne Berg (A)", "Bo Dal (Fravær)"],
    },
    "TillaegsDagsorden": False,
    "Lydfiler": None,
    "Dagsordenpunkter": [
        {
            "Id": SOME_ID,
            "IsOpen": True,
            "Number": "122",
            "Punktnummer": "122",
            "CaseNumber": "2026-000962",
            "Caption": "Budgetopfølgning",
            "Felter": [
                {
                    "Navn": "Sagsfremstilling",
                    "Html": "<h2>Indstilling</h2><p>Forvaltningen indstiller, at</p>"
                    "<ol><li>sagen godkendes</li></ol><h3>Baggrund</h3><p>Tekst</p>",
                    "DocumentId": NO_ID,
                },
                {"Navn": "Beslutning", "Html": "<h4>Beslutning:</h4><p>Godkendt.</p>"},
            ],
            "Bilag": [
                {"Id": SOME_ID, "Navn": "Notat", "Order": 1, "HarPdfVersion": "true"},
                {"Navn": "Tabel", "Order": 0, "Link": "https://dagsorden.lindvig.dk/bilag/1"},
            ],
            "ItemDecision": None,
        }
    ],
}


def read(agenda: Any) -> BlockStream:
    return read_firstagenda(json.dumps(agenda).encode())


def printed(agenda: Any) -> list[str]:
    return [block.text for block in read(agenda).blocks]


def changed(**meeting: Any) -> dict[str, Any]:
    agenda = copy.deepcopy(AGENDA)
    agenda["Moede"].update(meeting)
    return agenda


def with_item(**item: Any) -> dict[str, Any]:
    return {**AGENDA, "Dagsordenpunkter": [{"Number": "1", "Caption": "Budget", **item}]}


def after_title(agenda: Any) -> list[str]:
    """What is printed after the only item's heading."""
    texts = printed(agenda)
    return texts[next(i for i, text in enumerate(texts) if text.startswith("Punkt")) + 1 :]


def test_the_whole_print_form() -> None:
    stream = read(AGENDA)
    assert stream.media_type == "application/json"
    assert stream.notes == ()
    assert [(block.kind, block.level, block.text) for block in stream.blocks] == [
        (HEADING, 1, "REFERAT Beskæftigelsesudvalget d. 18-06-2025"),
        (TEXT, 0, "**Mødedato** Onsdag d. 18. juni 2025 kl. 15:00"),
        (TEXT, 0, "**Mødested** Lokale 14"),
        (TEXT, 0, "**Mødedeltagere** Anne Berg (A), Bo Dal (Fravær)"),
        (HEADING, 2, "Punkt 122: Budgetopfølgning"),
        (TEXT, 0, "2026-000962"),
        (HEADING, 3, "Sagsfremstilling"),
        (HEADING, 3, "Indstilling"),
        (TEXT, 0, "Forvaltningen indstiller, at"),
        (ITEM, 0, "sagen godkendes"),
        (HEADING, 4, "Baggrund"),
        (TEXT, 0, "Tekst"),
        (HEADING, 3, "Beslutning:"),
        (TEXT, 0, "Godkendt."),
        (HEADING, 3, "Bilag"),
        (TEXT, 0, "[Tabel](https://dagsorden.lindvig.dk/bilag/1)"),
        (TEXT, 0, "Notat"),
    ]


class TestHead:
    @pytest.mark.parametrize(
        ("name", "meeting", "word"),
        [
            ("Referat 1. behandling budget", {}, "REFERAT"),
            ("Lukket referat", {}, "REFERAT"),
            ("Dagsorden", {"Afsluttet": True}, "DAGSORDEN"),
            ("Tillægsdagsorden", {}, "TILLÆGSDAGSORDEN"),
            ("Dagsorden", {"TillaegsDagsorden": "true"}, "TILLÆGSDAGSORDEN"),
            ("Referat", {"TillaegsDagsorden": True}, "REFERAT"),
            ("", {"Afsluttet": "false"}, "DAGSORDEN"),
            ("", {"Afsluttet": True}, "REFERAT"),
            ("", {}, "REFERAT"),
        ],
    )
    def test_the_kind_of_document(self, name: str, meeting: dict[str, Any], word: str) -> None:
        assert printed(changed(Navn=name, **meeting))[0].split()[0] == word

    def test_without_a_name_or_a_decision_it_is_an_agenda(self) -> None:
        agenda = changed(Navn=None)
        agenda["Dagsordenpunkter"][0]["Felter"].pop()
        assert printed(agenda)[0].startswith("DAGSORDEN")

    @pytest.mark.parametrize(
        ("date", "line"),
        [
            ("2025-06-18T15:00:00.000+02:00", "Onsdag d. 18. juni 2025 kl. 15:00"),
            ("2025-06-18T13:00:00Z", "Onsdag d. 18. juni 2025 kl. 15:00"),
            ("2025-12-31T23:30:00Z", "Torsdag d. 1. januar 2026 kl. 00:30"),
            ("2025-06-18T00:00:00", "Onsdag d. 18. juni 2025"),
            ("2025-06-18", "Onsdag d. 18. juni 2025"),
            ("18-06-2025 15:30", "Onsdag d. 18. juni 2025 kl. 15:30"),
            ("9999-99-99T00:00:00", "9999-99-99T00:00:00"),
            ("snart", "snart"),
        ],
    )
    def test_dates(self, date: str, line: str) -> None:
        assert f"**Mødedato** {line}" in printed(changed(Dato=date))

    def test_participants_as_objects(self) -> None:
        members = [
            {"Navn": "Anne Berg", "Parti": "A"},
            {"Navn": "Bo Dal (V)", "Parti": "V", "Fravaer": "true"},
            {"Name": "Cille Eg", "Tilstede": False},
            {"Navn": "Dan Fisker", "Status": "Afbud"},
            {"Parti": "Ø"},
            None,
            7,
        ]
        line = "Anne Berg (A), Bo Dal (V) (Fravær), Cille Eg (Fravær), Dan Fisker (Fravær), 7"
        assert f"**Mødedeltagere** {line}" in printed(changed(Moededeltagere=members))

    def test_what_is_missing_is_not_printed(self) -> None:
        assert printed({"Dagsordenpunkter": [{"Caption": "Budget"}]}) == ["DAGSORDEN", "Budget"]


class TestItems:
    def test_old_names_and_numbers_as_numbers(self) -> None:
        item = {"Punktnummer": 7, "SagsNummer": "25/1", "Navn": "Budget", "Number": None}
        assert printed({"dagsordenpunkter": [item]})[1:] == ["Punkt 7: Budget", "25/1"]

    @pytest.mark.parametrize("state", [False, "false", "False", 0, "0"])
    def test_closed_items(self, state: object) -> None:
        assert "Punkt 1: Lukket: Budget" in printed(with_item(IsOpen=state))

    def test_a_closed_title_is_not_marked_twice(self) -> None:
        agenda = with_item(IsOpen=False, Caption="Lukket punkt: Salg")
        assert "Punkt 1: Lukket punkt: Salg" in printed(agenda)

    def test_a_closed_item_without_title(self) -> None:
        assert "Punkt 1: Lukket:" in printed(with_item(IsOpen=False, Caption=""))

    def test_plain_text_stands_in_for_empty_html(self) -> None:
        field = {"Navn": "Resume", "Html": "<div>&nbsp;</div>", "Tekst": "en\nto\n\n- tre"}
        blocks = read(with_item(Felter=[field])).blocks
        assert [(b.text, b.marker, b.gap) for b in blocks[-3:]] == [
            ("en", "", True),
            ("to", "", False),
            ("tre", "-", True),
        ]

    @pytest.mark.parametrize("name", ["", "Tekst", "Budget", "BUDGET:"])
    def test_a_name_that_says_nothing_is_no_heading(self, name: str) -> None:
        field = {"Navn": name, "Html": "<p>x</p>"}
        assert after_title(with_item(Felter=[field])) == ["x"]

    def test_text_only_in_a_pdf_is_told(self) -> None:
        field = {"Navn": "Sag", "Html": "<div></div>", "DocumentId": SOME_ID}
        ((code, message),) = read(with_item(Felter=[field])).notes
        assert code == "text_only_in_pdf"
        assert "Item 1" in message

    @pytest.mark.parametrize("document", [NO_ID, None, "", "{" + NO_ID + "}"])
    def test_no_document_is_not_told(self, document: str | None) -> None:
        assert read(with_item(Felter=[{"Navn": "Sag", "DocumentId": document}])).notes == ()

    def test_the_decisions_own_field(self) -> None:
        assert after_title(with_item(ItemDecision="Godkendt.")) == ["Beslutning", "Godkendt."]
        assert after_title(with_item(ItemDecision={"Html": "<p>Godkendt.</p>"})) == [
            "Beslutning",
            "Godkendt.",
        ]

    def test_a_decision_is_printed_once(self) -> None:
        field = {"Navn": "Beslutning", "Html": "<p>Godkendt.</p>"}
        agenda = with_item(Felter=[field], ItemDecision="Godkendt.")
        assert after_title(agenda) == ["Beslutning", "Godkendt."]

    def test_an_attachment_is_printed_once(self) -> None:
        field = {"Navn": "Bilag", "Html": "<p>Notat</p>"}
        agenda = with_item(Felter=[field], Bilag=[{"Navn": "Notat"}])
        assert after_title(agenda) == ["Bilag", "Notat"]

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "/Vis/Pdf/bilag/1", None])
    def test_an_attachment_without_an_address_of_its_own(self, link: str | None) -> None:
        agenda = with_item(Bilag=[{"Navn": "Notat", "Link": link}])
        assert after_title(agenda) == ["Bilag", "Notat"]

    def test_active_content_is_not_read(self) -> None:
        html = "<p>x<script>alert(1)</script></p><a href='javascript:a()'>y</a>"
        assert after_title(with_item(Felter=[{"Html": html}])) == ["x", "y"]


class TestWhatIsNoMeeting:
    @pytest.mark.parametrize(
        ("value", "message"),
        [
            ({"Udvalg": {"Udvalg 2026-2029": [{"Navn": "A", "Moeder": []}]}}, "udvalgsliste"),
            ({"Udvalg": [{"Navn": "A"}]}, "udvalgsliste"),
            ({"a": 1}, "Dagsordenpunkter"),
            ([], "Dagsordenpunkter"),
            ([AGENDA, AGENDA], "2 poster"),
            (None, "Dagsordenpunkter"),
            ([[[[[[AGENDA]]]]]], "Dagsordenpunkter"),
        ],
    )
    def test_it_is_refused_by_name(self, value: Any, message: str) -> None:
        with pytest.raises(UnreadableDocument, match=message):
            read(value)

    @pytest.mark.parametrize("wrapped", [[AGENDA], {"data": AGENDA}, {"Dagsorden": [AGENDA]}])
    def test_wrappers_are_seen_through(self, wrapped: Any) -> None:
        assert read(wrapped) == read(AGENDA)

    def test_an_agenda_without_items_is_told(self) -> None:
        assert read({**AGENDA, "Dagsordenpunkter": []}).notes[0][0] == "items_missing"

    @pytest.mark.parametrize(
        "data",
        [b"", b"{", b"[" * 200_000, b'{"a":' * 200_000, b"1" * 10_000, b"\xff\xff", b"{}x"],
    )
    def test_what_is_no_json_is_refused(self, data: bytes) -> None:
        with pytest.raises(UnreadableDocument):
            read_firstagenda(data)

    def test_other_encodings(self) -> None:
        text = json.dumps(AGENDA, ensure_ascii=False)
        for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
            assert read_firstagenda(data) == read(AGENDA)


NAMES = st.sampled_from(
    "Udvalg Moede Dato Sted Navn Moededeltagere Dagsordenpunkter IsOpen Number Caption Felter Html "
    "Tekst DocumentId Bilag Order Link ItemDecision CaseNumber Parti Data d Presentations".split()
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=12),
        st.sampled_from(["<p>x</p>", "<b>x", NO_ID, "2025-06-18T15:00:00Z", "\ud800", "&amp;"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=6)),
    max_leaves=25,
)


@given(st.dictionaries(NAMES, VALUES, max_size=8), st.lists(st.dictionaries(NAMES, VALUES)))
def test_any_values_are_read_or_refused(agenda: dict[str, Any], items: list[Any]) -> None:
    try:
        stream = read({**agenda, "Dagsordenpunkter": items})
    except UnreadableDocument:
        return
    for block in stream.blocks:
        assert block.text.encode()
        assert block.marker or block.kind != ITEM


@given(st.binary(max_size=100), st.integers(0, 1_000))
def test_any_bytes_are_read_or_refused(data: bytes, place: int) -> None:
    whole = json.dumps(AGENDA).encode()
    for mutated in (data, whole[:place] + data + whole[place + len(data) :]):
        try:
            stream = read_firstagenda(mutated)
        except UnreadableDocument:
            continue
        assert stream.blocks
