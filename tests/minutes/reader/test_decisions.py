"""What a decision's wording means: the outcome, and the rule that gave it."""

from __future__ import annotations

import pytest

from sagsgang.minutes.reader.decisions import outcome_of
from sagsgang.minutes.reader.vocabulary import builtin


def outcome(text: str, recommendation: str = "") -> str | None:
    ruled = outcome_of(text, recommendation, builtin())
    return ruled.outcome if ruled else None


def rule(text: str, recommendation: str = "") -> str | None:
    ruled = outcome_of(text, recommendation, builtin())
    return ruled.rule if ruled else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Approved, with and without subject, number and manner.
        ("Godkendt.", "approved"),
        ("Godkendt", "approved"),
        ("1. Godkendt", "approved"),
        ("1) Godkendt.", "approved"),
        ("Ad 1: Godkendt.", "approved"),
        ("Ad 1-3: Godkendt.", "approved"),
        ("Ad pkt. 1 og 2: Godkendt.", "approved"),
        ("- Godkendt.", "approved"),
        ("**Godkendt.**", "approved"),
        ("Indstillingen blev tiltrådt.", "approved"),
        ("Indstillingen godkendt, uden afstemning.", "approved"),
        ("Indstillingspunkt 1-4 godkendt.", "approved"),
        ("Tiltrådt.", "approved"),
        ("Socialudvalget tiltrådte indstillingerne.", "approved"),
        ("Tiltrådte indstillingen.", "approved"),
        ("Socialudvalget godkendte planen.", "approved"),
        ("Byrådet vedtog indstillingen.", "approved"),
        ("De foreslåede ændringer godkendes.", "approved"),
        ("Dagsordenen blev godkendt.", "approved"),
        ("Dagsorden og tillægsdagsorden godkendt.", "approved"),
        ("Ida Holm valgt som næstformand.", "approved"),
        ("Vedtaget", "approved"),
        ("Godkendt med beslutning om, at sagen følges op i maj.", "approved"),
        ("Godkendt, idet forvaltningen vender tilbage i maj.", "approved"),
        ("Udvalget ønsker at være medfinansierende med 500.000 kr.", "approved"),
        ("Godkendt med 42 stemmer mod 4. 8 medlemmer undlod at stemme.", "approved"),
        (
            "Tilbagesendes Kulturafdelingen med bemærkning, at byrådet i sit møde den 3. april "
            "2019 har vedtaget Magistratens indstilling af 1. april 2019.",
            "approved",
        ),
        # Noted.
        ("Taget til efterretning.", "noted"),
        ("Til efterretning.", "noted"),
        ("Drøftet og taget til efterretning.", "noted"),
        ("Udvalget tog orienteringen til efterretning.", "noted"),
        ("Udvalget tager orienteringen til efterretning.", "noted"),
        ("Taget til efterretning, idet man ønsker at se tallene igen.", "noted"),
        # Told.
        ("Til orientering.", "informed"),
        ("Sagen blev forelagt til orientering.", "informed"),
        ("Formanden orienterede om mødet med a-kasserne.", "informed"),
        # Discussed.
        ("Drøftet.", "discussed"),
        ("Udvalget drøftede oplægget.", "discussed"),
        ("Sagens elementer drøftet.", "discussed"),
        ("Drøftet og godkendt.", "discussed_and_approved"),
        # Passed on.
        ("Anbefales.", "recommended"),
        ("Anbefales overfor ØU og Byrådet.", "recommended"),
        ("Indstilles godkendt.", "recommended"),
        ("Indstillingspunkt 1-4 anbefales.", "recommended"),
        ("Magistraten anbefaler, at byrådet tiltræder indstillingen.", "recommended"),
        ("Det indstilles, at\n\n- beretningen sendes til Ankestyrelsen.", "recommended"),
        # Put off and sent back.
        ("Udsat.", "postponed"),
        ("Sagen blev udsat til næste møde.", "postponed"),
        ("Afventes.", "postponed"),
        ("Der ønskes en specifikation af udgiften inden endelig behandling.", "postponed"),
        ("Sagen sendes tilbage til forvaltningen.", "referred_back"),
        ("Fremsendes til Kulturudvalget til behandling.", "referred_back"),
        ("Sagen oversendes til Teknisk Udvalg til fornyet behandling.", "referred_back"),
        (
            "Med 20 stemmer mod 9 besluttede byrådet at sende sagen tilbage til udvalget.",
            "referred_back",
        ),
        # Refused.
        ("Forkastet.", "rejected"),
        ("Ikke godkendt.", "rejected"),
        ("Ansøgningen imødekommes ikke.", "rejected"),
        ("Ikke imødekommet, idet puljen er brugt.", "rejected"),
        ("Et flertal stemmer imod forslaget, som dermed bortfalder.", "rejected"),
        # Nothing.
        ("-", "nothing_reported"),
        ("Intet.", "nothing_reported"),
        ("Ingen.", "nothing_reported"),
        ("Ingen meddelelser.", "nothing_reported"),
        ("Intet at meddele.", "nothing_reported"),
        ("Der var ingen meddelelser.", "nothing_reported"),
        ("…", "nothing_reported"),
        # What is none of these.
        ("Punktet udgår.", "other"),
        ("Udvalget valgte tilbud 2.", "other"),
        ("Mødet holdes onsdag den 30. maj kl. 18.30.", "other"),
    ],
)
def test_wordings(text: str, expected: str) -> None:
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Godkendtes.", "approved"),
        ("Udvalget fastsatte taksterne som foreslået.", "approved"),
        ("Udvalget besluttede at anlægge stien.", "approved"),
        ("Der ydes et tilskud på 15.000 kr.", "approved"),
        ("Byrådet bemyndigede borgmesteren til at underskrive aftalen.", "approved"),
        ("Udvalget sender planen i høring.", "approved"),
        ("Et flertal på 5 medlemmer stemte for planen, 2 medlemmer stemte imod.", "approved"),
        ("Orienteringen taget til efterretning, jf. indstillingen.", "noted"),
        ("Taget ad notam.", "noted"),
        ("Drøftedes.", "discussed"),
        ("Udvalget diskuterede oplægget.", "discussed"),
        ("Drøftet, og indstillingen blev godkendt.", "discussed_and_approved"),
        ("Oplæg ved lederen af Jobhuset.", "informed"),
        ("Oversendes til Byrådet med anbefaling.", "recommended"),
        ("Behandles på næste møde.", "postponed"),
        ("Punktet overføres til et senere møde.", "postponed"),
        ("Sagen stilles i bero.", "postponed"),
        ("Sagen afventer flere tal.", "postponed"),
        ("Ansøgningen afslås.", "rejected"),
        ("Afslag.", "rejected"),
        ("Forslaget vedtages ikke.", "rejected"),
        ("Udvalget besluttede ikke at imødekomme ansøgningen.", "rejected"),
        ("Udvalget besluttede at give afslag.", "rejected"),
        ("Et flertal kan ikke støtte forslaget.", "rejected"),
        ("Sagen oversendes til Børne- og Ungeudvalget.", "referred_back"),
        ("Udvalget oversender sagen til budgetforhandlingerne.", "referred_back"),
        ("Tilbage til udvalget.", "referred_back"),
        ("Ingen punkter til drøftelse.", "nothing_reported"),
        ("Der blev ikke stillet spørgsmål.", "nothing_reported"),
        ("Intet under dette punkt.", "nothing_reported"),
        (
            "Tilbagesendes Kulturafdelingen med bemærkning, at byrådet i mødet den 3. april har "
            "taget indstillingen til efterretning.",
            "noted",
        ),
        ("Sendt til Social- og Sundhedsudvalget", "referred_back"),
        ("Der var opbakning til forslaget.", "approved"),
        ("Der var ikke opbakning til forslaget.", "rejected"),
        ("Udvalget besluttede, at der ikke gives tilladelse.", "rejected"),
        ("Udvalget godkendte forslag A, men ikke forslag B.", "amended"),
        ("Rådet havde ingen bemærkninger til høringen.", "nothing_reported"),
        ("Byrådet godkendte Økonomiudvalgets anbefaling.", "approved"),
        ("Udvalgets anbefaling blev fulgt.", "approved"),
        ("Fremsendes til Byrådet.", "recommended"),
        ("Planen blev godkendt og fremsendes til Byrådet til orientering.", "approved"),
        ("Rapporten tages til efterretning og fremsendes til Byrådet.", "noted"),
        ("Udvalget finder ikke grundlag for at imødekomme ansøgningen.", "rejected"),
        ("Punktet udsættes grundet afbud.", "postponed"),
        ("Sagen fremlægges igen til maj.", "postponed"),
        ("Byrådet sendte sagen retur til udvalget.", "referred_back"),
        ("Punkt 1 og 2 godkendt, punkt 3 afvist.", "amended"),
        ("Godkendt med de på mødet aftalte ændringer.", "amended"),
        ("Punktet bortfalder.", "other"),
        ("Udvalget besluttede at oversende sagen til Kulturudvalget.", "referred_back"),
        ("Udvalget sender sagen videre til Økonomiudvalget.", "recommended"),
        ("Dagsordenen godkendt, idet punkt 12 udsættes.", "approved"),
        ("Ingen bemærkninger til dagsordenen, der blev godkendt.", "approved"),
        ("Spørgetiden blev ikke benyttet.", "nothing_reported"),
        ("Lederen præsenterede tallene. Udvalget drøftede dem.", "discussed"),
        ("15 stemmer for, 6 stemmer imod.", "approved"),
        ("For: 15, imod: 6, hverken for eller imod: 2.", "approved"),
        ("For stemte 5, imod stemte 14.", "rejected"),
        (
            "Venstre foreslog, at sagen sendes tilbage. For forslaget stemte 8. Imod stemte 15. "
            "Forslaget faldt.\n\nIndstillingen blev herefter godkendt.",
            "approved",
        ),
        ("Forslaget bortfaldt.", "rejected"),
    ],
)
def test_rarer_wordings(text: str, expected: str) -> None:
    assert outcome(text) == expected


def test_a_heading_with_nothing_under_it_decides_nothing() -> None:
    assert outcome_of("", "", builtin()) is None
    assert outcome_of("  \n ", "", builtin()) is None


def test_the_outcome_comes_with_the_name_of_its_rule() -> None:
    assert rule("Udsat.") == "outcome.postponed"
    assert rule("Mødet holdes i maj.") == "outcome.no_rule"


@pytest.mark.parametrize(
    "text",
    [
        "Ida Holm var fraværende.\n\nGodkendt.",
        "Afbud: Ida Holm.\n\nGodkendt.",
        "Ikke til stede: Ida Holm\nGodkendt.",
        "Godkendt.\n\nIda Holm deltog ikke i mødet.",
        "Godkendt To medlemmer var fraværende.",
        "Ida Holm havde meldt forfald.\nPkt. 9 blev rykket frem.\nGodkendt.",
        "Ida Holm erklærede sig inhabil og forlod lokalet under behandlingen.\n\nGodkendt",
        "Bo Lind deltog som stedfortræder for Ida Holm.\n\nGodkendt.",
    ],
)
def test_who_was_there_says_nothing_of_the_outcome(text: str) -> None:
    assert outcome(text) == "approved"


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt.\n\nIda Holm kan ikke tiltræde beslutningen.",
        "Ida Holm kan ikke tiltræde beslutningen.\n\nGodkendt.",
        "Ida Holm stemte imod.\n\nGodkendt.",
        "Indstillingen blev godkendt, idet Ida Holm stemte imod.",
        "Ida Holm stemte imod, men indstillingen blev godkendt.",
        "Et flertal af udvalget (Bo Lind og Per Dal) stemte for, mens Ida Holm stemte imod.",
        "Et flertal stemte for.\n\nIda Holm stemte imod med henvisning til følgende protokollat: "
        '"Forslaget burde være afvist eller udsat."',
        "Godkendt.\n\nIda Holm begærede sagen indbragt for byrådet.",
        "Godkendt.\n\nIda Holm tog forbehold.",
    ],
)
def test_dissent_says_nothing_of_the_outcome(text: str) -> None:
    assert outcome(text) == "approved"


@pytest.mark.parametrize(
    "quotation",
    [
        '"Forslaget er forkastet, og sagen udsættes til maj."',
        "»Forslaget er forkastet, og sagen udsættes til maj.«",
        "”Forslaget er forkastet, og sagen udsættes til maj.”",
        "„Forslaget er forkastet, og sagen udsættes til maj.“",
    ],
)
def test_what_is_quoted_is_not_decided(quotation: str) -> None:
    assert outcome(f"Ida Holm oplyste: {quotation} Godkendt.") == "approved"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Formanden fortalte om mødet.\nTaget til efterretning.", "noted"),
        ("Drøftet. Udsættes til næste møde.", "postponed"),
        ("Drøftet.\n\nUdvalget ønsker et møde inden sommerferien.", "discussed"),
        (
            "Liste A foreslog, at punktet blev åbnet. Det kunne udvalget ikke støtte.\nGodkendt.",
            "approved",
        ),
        ("Ændringsforslaget blev forkastet.\n\nIndstillingen blev godkendt.", "approved"),
        (
            "Dagsordenen blev godkendt.\n\nVenstre anmodede om afstemning om sag 92.\n\n"
            "For stemte: V\n\nImod stemte: A og B.\n\nForslaget faldt dermed.",
            "approved",
        ),
        (
            "2 medlemmer (N+Ø) tager forbehold.\n\n5 medlemmer (A+V+C) anbefaler forslaget.",
            "recommended",
        ),
        (
            "Økonomiudvalget besluttede at tage sagen op.\n\nDagsordenen blev herefter godkendt.",
            "approved",
        ),
    ],
)
def test_what_was_told_or_proposed_gives_way_to_what_settles_the_case(
    text: str, expected: str
) -> None:
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Godkendt.\n\nSag 3 udgår.", "approved"),
        ("Godkendt.\n\nPunkt 90 udsættes til næste møde.", "approved"),
        ("Punkt 13 oversendes til Teknisk Udvalg til fornyet behandling.\n\nGodkendt.", "approved"),
        ("Pkt. 14 tages af og sendes direkte i Byrådet.", "other"),
        ("Punkt 15 udsættes.", "postponed"),
    ],
)
def test_what_is_said_of_other_items_counts_only_where_nothing_else_is_said(
    text: str, expected: str
) -> None:
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("text", "recommendation"),
    [
        ("Godkendt med den ændring, at skiltene slukkes kl. 22.", ""),
        ("Godkendt med følgende tilføjelser: Åbningstiden forlænges.", ""),
        ("Godkendt, dog således at fristen er 1. maj.", ""),
        ("Godkendt, idet forslaget tilrettes efter drøftelsen.", ""),
        ("Godkendt, idet beløbet forhøjes til 50.000 kr.", ""),
        ("Godkendt bortset fra punkt 4.", ""),
        ("Godkendt med undtagelse af punkt 3.", ""),
        ("Godkendt i revideret form.", ""),
        ("Godkendt, men således at fristen er 1. maj.", ""),
        ("Ida Holm stillede ændringsforslag. Ændringsforslaget vedtaget.", ""),
        (
            "Udvalget tiltræder forslag 1-4.\n\nEndelig kan udvalget ikke tiltræde nedlæggelsen.",
            "",
        ),
        ("1 og 2 godkendt. 3 blev ikke godkendt.", ""),
        ("Udvalget giver dispensation til skuret.", "der gives afslag."),
    ],
)
def test_what_is_approved_otherwise_than_recommended_is_amended(
    text: str, recommendation: str
) -> None:
    assert outcome(text, recommendation) == "amended"


@pytest.mark.parametrize(
    ("text", "recommendation"),
    [
        ("Beretningen sendes til Ankestyrelsen.", "beretningen sendes til Ankestyrelsen."),
        ("Der gives afslag på ansøgningen.", "der gives afslag på ansøgningen."),
        ("Udvalget nedsætter en arbejdsgruppe.", "der nedsættes en arbejdsgruppe."),
    ],
)
def test_a_wording_that_repeats_the_recommendation_approves_it(
    text: str, recommendation: str
) -> None:
    assert outcome(text, recommendation) == "approved"
    assert rule(text, recommendation) == "outcome.as_recommended"


def test_approval_of_a_refusal_is_an_approval() -> None:
    assert outcome("Godkendt.", "der gives afslag på ansøgningen.") == "approved"


def test_godkendt_is_approved_whatever_was_recommended() -> None:
    assert outcome("Godkendt.", "orienteringen tages til efterretning.") == "approved"


@pytest.mark.parametrize(
    "text",
    [
        "Godkendt " * 12_000,
        "tilbagesendes byrådet " * 5_000,
        "Udvalget drøftede " + "og " * 30_000,
        "Udvalget drøftede sagen og " * 4_000,
        "med 4 stemmer mod " * 6_000,
        "1 og 2 og " * 10_000,
        "a" * 100_000,
        "(" * 100_000,
        "()" * 50_000,
        '"' * 100_000,
        '"abcdefghijklmn ' * 6_000,
        "A. " * 33_000,
        "Godkendt.\n" * 10_000,
        "Ida Holm stemte imod, idet " * 4_000,
    ],
)
def test_any_text_is_read(text: str) -> None:
    assert outcome(text) is not None
