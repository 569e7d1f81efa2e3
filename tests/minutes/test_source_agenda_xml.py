"""Agenda XML from SBSYS and eDoc becomes blocks in print form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.blocks import HEADING, ITEM, TEXT, BlockStream, UnreadableDocument
from sagsgang.minutes.sources.agenda_xml import read_agenda_xml

SBSYS = """<?xml version="1.0" encoding="utf-8"?>
<Dagsorden DagsordenID="74" Åben="true" Dagsordentype="Referat">
<Møde MødeID="5" Udvalg="Beskæftigelsesudvalget" Mødedato="18. juni 2025" Mødetid="15:00"
 Mødested="Lokale 14"/>
<Dagsordenpunkter>
<Dagsordenpunkt DagsordenpunktID="1" Nummer="1" Åbent="true" Sagsnummer="25/1234">
<Overskrift>Budget &amp;amp; regnskab</Overskrift>
<Indhold><Indstilling>&lt;p&gt;Forvaltningen indstiller, at&lt;/p&gt;&lt;ul&gt;&lt;li&gt;sagen
godkendes&lt;/li&gt;&lt;/ul&gt;</Indstilling>
<Beslutning><div xmlns="http://www.w3.org/1999/xhtml"><P>Godkendt <b>nu</b>.</P></div></Beslutning>
</Indhold>
<Bilagsliste><Bilag BilagID="1" Navn="Notat" MaaPubliceres="true"
 BilagUrl="https://lindvig.dk/notat.pdf"/><Bilag Navn="Fortroligt notat" MaaPubliceres="False"/>
</Bilagsliste></Dagsordenpunkt>
<Dagsordenpunkt Nummer="2" Åbent="false"><Overskrift>Salg</Overskrift>
<Indhold>Linje et
Linje to

1. Punkt</Indhold></Dagsordenpunkt>
</Dagsordenpunkter></Dagsorden>"""

EDOC = """<Root xmlns:e="http://www.fujitsu.dk/agenda/xml/schemas/2009/03/31/">
<e:OutputTypeEnumName>{kind}</e:OutputTypeEnumName>
<e:Committee><e:Name>Socialudvalget</e:Name><e:Meeting>
<e:MeetingDateTime>18-06-2025 15:00:00</e:MeetingDateTime>
<e:MeetingLocation>Rådhuset</e:MeetingLocation>
<e:MeetingParticipants><e:MeetingParticipant><e:Name>Anne Berg</e:Name></e:MeetingParticipant>
</e:MeetingParticipants><e:Agenda><e:AgendaElements>
<e:AgendaElement><e:AccessIsPublic>false</e:AccessIsPublic><e:HandlingItem>
<e:Title>Salg</e:Title><e:SerialNo>10</e:SerialNo></e:HandlingItem></e:AgendaElement>
<e:AgendaElement><e:AccessIsPublic>true</e:AccessIsPublic><e:HandlingItem>
<e:Title>Budget</e:Title><e:SerialNo>9</e:SerialNo><e:CaseNumber>2025-0001</e:CaseNumber>
<e:CasePresentations>
<e:CasePresentation><e:Title>Resume</e:Title><e:Content>&lt;p&gt;Tekst&lt;/p&gt;</e:Content>
</e:CasePresentation>
<e:CasePresentation><e:Title>Beslutning</e:Title>
<e:Content>&lt;h2&gt;Beslutning&lt;/h2&gt;Godkendt.</e:Content></e:CasePresentation>
<e:CasePresentation><e:Title>Økonomi</e:Title><e:Content/></e:CasePresentation>
</e:CasePresentations><e:Attachments><e:Attachment><e:Title>Notat</e:Title>
<e:Link>bilag\\notat.pdf</e:Link></e:Attachment></e:Attachments></e:HandlingItem></e:AgendaElement>
<e:AgendaElement/></e:AgendaElements></e:Agenda></e:Meeting></e:Committee></Root>"""

OLDER_EDOC = """<Meeting><MeetingState>{state}</MeetingState><Committee>Byrådet</Committee>
<MeetingDate>18-06-2025</MeetingDate><MeetingAgendaTypes><MeetingAgendaType>
<AgendaType>{agenda_type}</AgendaType><MeetingAgendaItems><MeetingAgendaItem>
<AgendaItemNumber>1</AgendaItemNumber><Document documentid="1"><Title>Budget</Title>
<PublishingType>{publishing}</PublishingType><Attachments><Attachment attachmentid="2">
<Title>Notat</Title></Attachment></Attachments></Document>
<FullText>Resume
Tekst</FullText></MeetingAgendaItem></MeetingAgendaItems></MeetingAgendaType></MeetingAgendaTypes>
</Meeting>"""


def read(xml: str) -> BlockStream:
    return read_agenda_xml(xml.encode())


def printed(xml: str) -> list[str]:
    return [block.text for block in read(xml).blocks]


def older(
    state: str = '"Referat endeligt godkendt"',
    agenda_type: str = "Åben dagsorden",
    publishing: str = "SKAL PUBLICERES",
) -> str:
    return OLDER_EDOC.format(state=state, agenda_type=agenda_type, publishing=publishing)


class TestSbsys:
    def test_the_whole_print_form(self) -> None:
        assert [(block.kind, block.level, block.text) for block in read(SBSYS).blocks] == [
            (HEADING, 1, "REFERAT Beskæftigelsesudvalget d. 18-06-2025"),
            (TEXT, 0, "**Mødedato** Onsdag d. 18. juni 2025 kl. 15:00"),
            (TEXT, 0, "**Mødested** Lokale 14"),
            (HEADING, 2, "Punkt 1: Budget & regnskab"),
            (TEXT, 0, "25/1234"),
            (HEADING, 3, "Indstilling"),
            (TEXT, 0, "Forvaltningen indstiller, at"),
            (ITEM, 0, "sagen godkendes"),
            (HEADING, 3, "Beslutning"),
            (TEXT, 0, "Godkendt **nu**."),
            (HEADING, 3, "Bilag"),
            (TEXT, 0, "[Notat](https://lindvig.dk/notat.pdf)"),
            (HEADING, 2, "Punkt 2: Lukket: Salg"),
            (TEXT, 0, "Linje et"),
            (TEXT, 0, "Linje to"),
            (ITEM, 0, "Punkt"),
        ]

    def test_an_attachment_that_may_not_be_published_is_told_but_not_named(self) -> None:
        stream = read(SBSYS)
        assert [code for code, _ in stream.notes] == ["attachment_not_public"]
        assert "Fortroligt" not in str(stream)

    @pytest.mark.parametrize(
        ("kind", "word"),
        [
            ("Referat", "REFERAT"),
            ("Dagsorden", "DAGSORDEN"),
            ("Tillægsdagsorden", "TILLÆGSDAGSORDEN"),
            ("", "REFERAT"),
        ],
    )
    def test_the_kind_of_document(self, kind: str, word: str) -> None:
        xml = SBSYS.replace('Dagsordentype="Referat"', f'Dagsordentype="{kind}"')
        assert printed(xml)[0].split()[0] == word

    def test_without_kind_and_decision_it_is_an_agenda(self) -> None:
        assert printed("<Dagsorden><Dagsordenpunkt Nummer='1'/></Dagsorden>") == [
            "DAGSORDEN",
            "Punkt 1:",
        ]

    def test_labels_in_attributes(self) -> None:
        item = (
            "<Dagsordenpunkt Nummer='1'><Overskrift>A</Overskrift>"
            "<Indhold Navn='Resume'>x</Indhold><Indhold><Tekst Overskrift='Beslutning'>y</Tekst>"
            "<Forventet_sagsgang>z</Forventet_sagsgang></Indhold></Dagsordenpunkt>"
        )
        assert printed(f"<Dagsorden>{item}</Dagsorden>")[2:] == [
            "Resume",
            "x",
            "Beslutning",
            "y",
            "Forventet sagsgang",
            "z",
        ]

    def test_names_of_characters_that_only_html_has(self) -> None:
        item = "<Dagsordenpunkt Nummer='1'><Overskrift>A&nbsp;&aelig;</Overskrift></Dagsordenpunkt>"
        assert printed(f"<Dagsorden>{item}</Dagsorden>")[1:] == ["Punkt 1: A æ"]


class TestEdoc:
    def test_the_whole_print_form(self) -> None:
        blocks = read(EDOC.format(kind="Minutes")).blocks
        assert [(block.kind, block.level, block.text) for block in blocks] == [
            (HEADING, 1, "REFERAT Socialudvalget d. 18-06-2025"),
            (TEXT, 0, "**Mødedato** Onsdag d. 18. juni 2025 kl. 15:00"),
            (TEXT, 0, "**Mødested** Rådhuset"),
            (TEXT, 0, "**Mødedeltagere** Anne Berg"),
            (HEADING, 2, "Punkt 9: Budget"),
            (TEXT, 0, "2025-0001"),
            (HEADING, 3, "Resume"),
            (TEXT, 0, "Tekst"),
            (HEADING, 3, "Beslutning"),
            (TEXT, 0, "Godkendt."),
            (HEADING, 3, "Bilag"),
            (TEXT, 0, "Notat"),
            (HEADING, 2, "Punkt 10: Lukket: Salg"),
        ]

    def test_an_agenda(self) -> None:
        assert printed(EDOC.format(kind="Agenda"))[0].startswith("DAGSORDEN")

    def test_the_older_export(self) -> None:
        assert printed(older()) == [
            "REFERAT Byrådet d. 18-06-2025",
            "**Mødedato** Onsdag d. 18. juni 2025",
            "Punkt 1: Budget",
            "Resume",
            "Tekst",
            "Bilag",
            "Notat",
        ]
        assert printed(older(state="Dagsorden udsendt"))[0].startswith("DAGSORDEN")

    @pytest.mark.parametrize(
        "xml", [older(agenda_type="Lukket dagsorden"), older(publishing="MÅ IKKE PUBLICERES")]
    )
    def test_what_may_not_be_published_is_closed(self, xml: str) -> None:
        assert "Punkt 1: Lukket: Budget" in printed(xml)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("xml", "message"),
        [
            ("<rss/>", "<rss>"),
            ("<Root><Notification><PathToXml>x</PathToXml></Notification></Root>", "PathToXml"),
            ("<Dagsorden>", "linje 1"),
            ("", "linje"),
            ("<a>" * 100_000, "linje"),
            ('<!DOCTYPE d [<!ENTITY x "y">]><Dagsorden>&x;</Dagsorden>', "ENTITY"),
            (
                '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Dagsorden>&x;</Dagsorden>',
                "ENTITY",
            ),
            ('<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><Dagsorden/>', "ENTITY"),
            ("<a>" * 600_001, "for stor"),
        ],
    )
    def test_with_a_reason(self, xml: str, message: str) -> None:
        with pytest.raises(UnreadableDocument, match=message):
            read(xml)

    def test_entities_that_multiply(self) -> None:
        entities = '<!ENTITY a0 "ha">' + "".join(
            f'<!ENTITY a{each} "{f"&a{each - 1};" * 10}">' for each in range(1, 20)
        )
        for body in ("<Dagsorden>&a19;</Dagsorden>", "<Dagsorden Dagsordentype='&a19;'/>"):
            for codec in ("utf-8", "utf-16"):
                with pytest.raises(UnreadableDocument):
                    read_agenda_xml(f"<!DOCTYPE d [{entities}]>{body}".encode(codec))

    def test_a_document_type_without_entities_is_harmless(self) -> None:
        xml = (
            '<!DOCTYPE Dagsorden SYSTEM "http://127.0.0.1/d.dtd"><Dagsorden><a>&x;</a></Dagsorden>'
        )
        assert printed(xml) == ["DAGSORDEN"]

    def test_active_content_is_not_read(self) -> None:
        text = "&lt;p onclick='a()'&gt;x&lt;script&gt;y&lt;/script&gt;&lt;/p&gt;"
        item = f"<Dagsordenpunkt Nummer='1'><Indhold>{text}</Indhold></Dagsordenpunkt>"
        assert printed(f"<Dagsorden>{item}</Dagsorden>")[2:] == ["x"]


DOCUMENTS = [SBSYS, EDOC.format(kind="Agenda"), older()]
TAGS = st.sampled_from(
    "Møde Dagsordenpunkt Overskrift Indhold Bilag p b table tr td h1 ul li br Beslutning "
    "AgendaElement HandlingItem Title Content MeetingAgendaItem FullText".split()
)
TREES = st.recursive(
    st.text("abc <&>\u00e6", max_size=6).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda tree: f"<{tree[0]} Nummer='1' Navn='a'>{''.join(tree[1])}</{tree[0]}>"
    ),
    max_leaves=20,
)


@given(st.sampled_from(["Dagsorden", "Root", "Meeting"]), TREES)
def test_any_tree_is_read_or_refused(root: str, tree: str) -> None:
    try:
        stream = read(f"<{root}>{tree}</{root}>")
    except UnreadableDocument:
        return
    assert all(block.text or block.rows for block in stream.blocks)
    assert all(block.marker for block in stream.blocks if block.kind == ITEM)


@given(st.sampled_from(DOCUMENTS), st.binary(max_size=20), st.integers(0, 2_000))
def test_any_bytes_are_read_or_refused(document: str, piece: bytes, place: int) -> None:
    whole = document.encode()
    for data in (piece, whole[:place] + piece + whole[place + len(piece) :], whole[:place]):
        try:
            stream = read_agenda_xml(data)
        except UnreadableDocument:
            continue
        assert stream.blocks
