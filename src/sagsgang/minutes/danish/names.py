"""Names of persons: lists of members, names in sentences, two spellings of one person.

What looks like a name is decided by form alone (capitalised words that are no known words of
agendas), so a heading of two unknown capitalised words passes for one. Where the head of a
document lists its members, `in_roster` settles who is meant. All functions are pure, never
raise, and take time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

INDEPENDENT: Final = "independent"

_LONGEST_NAME: Final = 60
_LONGEST_LIST: Final = 6000
_MOST_SPACES: Final = 11
"""A name, its titles and a remark have fewer words; a sentence mostly has more."""
_FUZZY_LETTERS: Final = 8
"""Shorter names must agree letter for letter: Kim Bo is not Tim Bo."""

_PARTICLES: Final = frozenset(
    """von van der den de del della da di du dos la le af al el bin ibn ben zu""".split()
)
_SHORT_FORMS: Final = frozenset("chr th fr joh kr aa jr sr st".split())

_TITLES: Final = frozenset(
    """borgmester viceborgmester formand næstformand viceformand udvalgsformand rådmand rådmænd
    udvalgsnæstformand medlem medlemmer byrådsmedlem byrådsmedlemmer kommunalbestyrelsesmedlem
    kommunalbestyrelsesmedlemmer fmd nfmd næstfmd suppleant stedfortræder mødeleder dirigent
    ordstyrer hr fru frk dr sekretær protokolfører referent leder chef direktør""".split()
)
_ROLE_ENDS: Final = (
    "leder", "chef", "direktør", "konsulent", "borgmester", "formand", "sekretær", "koordinator",
    "medarbejder", "rådgiver", "medlem", "ordfører", "specialist", "revisor", "assistent",
)  # fmt: skip

# Words that no name contains, though sentences, headings and labels may begin with them.
_LITTLE_WORDS: Final = frozenset(
    """af alle at begge da de dem den denne der derfor dermed derudover desuden det dette
    disse efter eller en endvidere er et flere for fordi fra før ham han har herefter hermed
    herom herudover herunder hun hvis hvor i idet ifølge imod ingen intet jf med men mens mod
    mv nogle nu når og også om over pga pr på samt sammen siden skal som stk så således til
    under uden ved vedr vedrørende vi øvrige""".split()
)
_TIME_WORDS: Final = frozenset(
    """januar februar marts april maj juni juli august september oktober november december
    mandag tirsdag onsdag torsdag fredag lørdag søndag halvår kvartal måned uge""".split()
)
_AGENDA_WORDS: Final = frozenset(
    """afbud afrapportering afslag afstemning afventes afvist aktuelle anbefalede anbefaler
    anbefales anbefalet baggrund bedes behandles behandlet beslutning beslutninger bilag
    bortfaldet budget dagsorden deltager deltagere deltog difference drøftede drøftelse
    drøftes drøftet efterretning eventuelt forelagt forelægges foreslår forfald forhold
    forkastet forslag forventet fravær fraværende fremlagt fremsendes fællesmøde gennemgang
    godkendelse godkender godkendes godkendt godkendte historik høring indhold
    indholdsfortegnelse indledning indstiller indstilles indstilling indstillingen klokken
    kompetence konsekvenser lov lovgrundlag lukkede lukket meddelelser møde mødedato
    mødedeltagere mødeleder mødelokale mødested mødet opfølgning oplæg orienterede orientering
    oversendes personale plan procedure protokol punkt punkter punktet rapport rapporten
    redegørelse referat resultat resume resumé retsgrundlag revision sag sagen sager
    sagsbeskrivelse sagsfremstilling sagsgang sagsresume sammendrag sendes side spørgsmål
    status sted stemte tages taget tema tid tidspunkt tiltrådt tiltræder tiltrædes tog udgår
    udkast udsat udsættes underskrift underskriftsark underskriftsside valgt vedtages vedtaget
    vurdering åben åbent åbne ændring ændringer ændringsforslag""".split()
)
_FIELD_WORDS: Final = frozenset(
    """arbejdsmarked arena arenaen beskæftigelse blå borger borgere borgerservice by børn
    danmark dansk danske digitalisering erhverv familie forum fritid gamle grøn grønne
    handicap helhedsorienteret høje individuelt integration international internationale job
    jobcenter jobs kl klima kommune kommunen kommunens kommuner kongres kors kultur
    landsforeningen lave miljø ny nye nyt nyttejob parken psykiatri røde samlet skole social
    sociale socialt styrket sundhed teknik uddannelse ukraine ung ungdom unge velfærd vækst
    ældre økonomi økonomisk økonomiske""".split()
)
_POLITICAL_WORDS: Final = frozenset(
    """administration administrationen alliance alternativet borgerlige byråd
    danmarksdemokraterne direktion direktionen enhedslisten flertal flertallet folkeparti
    folketinget formandskabet forvaltning forvaltningen gruppe gruppen grupper konservative
    kristendemokraterne liberal liste lister magistraten mindretal mindretallet moderaterne
    radikale regeringen region regionen råd rådet socialdemokraterne socialdemokratiet
    socialistisk udvalg udvalget venstre""".split()
)
_NOUNS: Final = _AGENDA_WORDS | _FIELD_WORDS | _POLITICAL_WORDS
_COMMON: Final = _NOUNS | _LITTLE_WORDS | _TIME_WORDS
_ALSO_FIRST_NAMES: Final = frozenset(["maj", "august", "april"])
# How words for bodies, offices and papers end, a genitive s aside.
_ORGANISATION_ENDS: Final = tuple(
    """udvalget udvalg byråd rådet kommunen kommune center centret centrene forvaltningen
    forvaltning styrelsen styrelse ministeriet ministerium områder områderne område indsatsen
    indsatser indsatserne indsats planen planer loven huset skolen skole hospitalet hospital
    afdelingen afdeling gruppen gruppe puljen pulje budgettet budget sagen punktet mødet
    forslaget forslag beslutningen beslutning indstillingen indstillinger indstilling
    orienteringen orienteringer orientering godkendelsen godkendelse dagsordenen dagsorden
    referatet referat projektet projekter projekt reformen hjælpen hjælpe ydelsen ydelse ydelser
    tilbuddet tilbud aftalen aftale strategien strategi politikken politik servicen service
    sekretariatet sekretariat foreningen forening fonden fond partiet folkeparti listen nævnet
    nævn udbuddet udbud regnskabet regnskab analysen analyse evalueringen evaluering nøgletal
    økonomien økonomi direktionen direktion opfølgningen opfølgning redegørelsen redegørelse
    beretningen beretning statistikken statistik vejledningen vejledning beskæftigelsen
    beskæftigelse uddannelsen uddannelse stedet ligaen demokraterne bekendtgørelsen
    bekendtgørelse kontoret teamet enheden arbejdet""".split()
)

_PARTIES: Final = {
    "socialdemokratiet": "A",
    "socialdemokraterne": "A",
    "radikale venstre": "B",
    "det radikale venstre": "B",
    "konservative": "C",
    "de konservative": "C",
    "det konservative folkeparti": "C",
    "nye borgerlige": "D",
    "socialistisk folkeparti": "F",
    "liberal alliance": "I",
    "kristendemokraterne": "K",
    "moderaterne": "M",
    "dansk folkeparti": "O",
    "venstre": "V",
    "enhedslisten": "Ø",
    "alternativet": "Å",
    "danmarksdemokraterne": "Æ",
}
_LETTERS: Final = re.compile(
    r"(?:(?i:liste|gruppe) )?([A-ZÆØÅ]{1,3}(?:\s?[/+&]\s?[A-ZÆØÅ]{1,3}){0,4})\Z"
)
_WITHOUT_PARTY: Final = re.compile(
    r"uden ?for (?:et )?parti(?:er|erne)?|løsgænger|partiløs|uafhængig|ufp|up", re.IGNORECASE
)
_ABSENT: Final = re.compile(
    r"(?:var |er |har |havde )?(?:(?:med|uden|ved|meldt|lovligt) )?"
    r"(?:fravær(?:ende)?(?: (?:med|uden) afbud)?|afbud|forfald|udeblev(?:et)?|orlov"
    r"|(?:deltog|deltager|mødte?) ikke(?: i mødet)?|ikke (?:til stede|tilstede|mødt|fremmødt))",
    re.IGNORECASE,
)
_PRESENT: Final = re.compile(
    r"(?:er |var )?(?:til ?stede|tilstedeværende|(?:frem)?mødte?|deltog|deltager)", re.IGNORECASE
)
# What may be said of the person before: which items, from when, or that another one stood in.
_REMARK: Final = re.compile(
    r"(?:sag|sager|sagerne|pkt\.?|punkt|punkter|punkterne|dagsordenspunkt|fra|til|indtil|kl\.?|ankom"
    r"|forlod|under|deltog|i stedet)\b.{0,80}\Z",
    re.IGNORECASE,
)
_STOOD_IN: Final = re.compile(
    r"\b(?:som (?:stedfortræder|suppleant)|er stedfortræder|er suppleant|i stedet)\b", re.IGNORECASE
)
_LIST_LABEL: Final = re.compile(
    r"(?:øvrige |udvalgets )?(?:mødedeltagere|deltagere|medlemmer|udvalg|udvalget)", re.IGNORECASE
)
_LEADING_LABEL: Final = re.compile(
    r"\s*(Fraværende|Afbud|Mødedeltagere|Deltagere|Medlemmer|Til ?stede)(?: fra)?\s+"
    r"(?=[A-ZÆØÅ0-9])"
)

_BULLET: Final = re.compile(r"^[ \t]{0,8}(?:[-*+•–]|[0-9]{1,2}[.)])[ \t]{1,8}", re.MULTILINE)
_SPLIT: Final = re.compile(
    r"\((?P<note>[^()\n]{0,80})\)|[,;\n•|\t]|(?<=\s)[-–—](?=\s)|(?<=\s)(?:og|samt|&)(?=\s)"
)
_LABEL: Final = re.compile(r"([^:]{1,40}):\s*(.*)\Z", re.DOTALL)
_ORDINAL: Final = re.compile(r"[1-9]\.?\Z")
_TRAILING_LETTER: Final = re.compile(r"(.+ .+) ([A-ZÆØÅ])\Z")

_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.){1,3}\Z|[A-ZÆØÅ]\Z")
_TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){1,3}|(?:Chr|Th|Fr|Joh|Kr|Aa|Jr)\.|[^\W\d_]++(?:['’-][^\W\d_]++)*+"
)
# Two or more capitalised words in a row, found before any of them is looked at.
_CAPITALISED: Final = (
    r"(?:(?:[A-ZÆØÅ]\.){1,3}|(?:Chr|Th|Fr|Joh|Kr|Aa|Jr)\."
    r"|(?:[ae]l-)?[A-ZÀ-ÞĀ-Ž][^\W\d_]*+(?:['’-][^\W\d_]++)*+)"
)
_GAP: Final = r"(?: {0,2}\n ?|[ \xa0] ?)"
_RUN: Final = re.compile(
    rf"(?<![\w-]){_CAPITALISED}"
    rf"(?:{_GAP}(?:(?:{'|'.join(sorted(_PARTICLES))}){_GAP})*+{_CAPITALISED})++"
)


class Person(NamedTuple):
    """A person as a list names them, without title."""

    name: str
    party: str | None = None
    """The party's letters as printed (`A`, `A/F`), `"independent"`, or `None`."""
    present: bool | None = None
    """`None` where the list does not say."""


class _Piece:
    """A part of a list between two separators, with the remarks in brackets after it."""

    __slots__ = ("notes", "text")

    def __init__(self) -> None:
        self.text = ""
        self.notes: list[str] = []


def split_persons(text: str) -> list[Person]:
    """The persons of a list of names, in order; `[]` if `text` is anything else.

    Names may be parted by commas, semicolons, lines, bullets, `og`, `samt` or ` - `; party,
    absence and office may stand in brackets or between commas. "Ingen", "-" and "" name nobody.
    A line break inside a name is mended. Whoever is said to have stood in for another is
    not among the persons returned.
    """
    return list(_split(text))


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[Person, ...]:
    """`split_persons`, remembered: minutes name the same persons item after item."""
    if len(text) > _LONGEST_LIST or " " not in text.strip():
        return ()
    text = _BULLET.sub("", text.replace("*", ""))
    label = _LEADING_LABEL.match(text)
    if label:
        text = f"{label[1]}: {text[label.end() :]}"
    persons = _persons(text)
    if not persons and "\n" in text.strip():
        persons = _persons(re.sub(r"[ \t]*\n[ \t]*", " ", text))
    return tuple(persons)


def _persons(text: str) -> list[Person]:
    persons: list[Person] = []
    doubtful = 0
    default: bool | None = None
    for piece in _pieces(text):
        words = piece.text.strip(" \t\xa0.:")
        if words.count(" ") > _MOST_SPACES:
            return []
        label = _LABEL.match(words) if ":" in words else None
        if label:
            known, default = _label(label.group(1).strip(), default)
            if not known:
                return []
            words = label.group(2)
        name, party = words, None
        if not looks_like_name(name):
            if _STOOD_IN.search(words):
                continue
            if not words or _belongs_to_previous(words):
                _note_of_last(persons, [words, *piece.notes])
                continue
            name, party = _without_party(_without_titles(words))
            if not looks_like_name(name):
                if not _may_be_name(name):
                    return []
                doubtful += 1
        persons.append(_with_notes(Person(name, party, default), piece.notes))
    # One odd spelling ("Ole skrald") among sure names is a name; alone it is not.
    certain = len(persons) - doubtful
    return persons if not doubtful or certain >= max(2, doubtful + 1) else []


def _pieces(text: str) -> Iterable[_Piece]:
    piece = _Piece()
    position = 0
    for match in _SPLIT.finditer(text):
        piece.text += text[position : match.start()]
        position = match.end()
        note = match["note"]
        if note is not None:
            piece.notes.append(note)
            continue
        yield piece
        piece = _Piece()
    piece.text += text[position:]
    yield piece


def _label(label: str, default: bool | None) -> tuple[bool, bool | None]:
    """Whether `label` may head names, and what it says of their presence."""
    if _ABSENT.fullmatch(label):
        return True, False
    if _PRESENT.fullmatch(label):
        return True, True
    return _LIST_LABEL.fullmatch(label) is not None or _is_title(label), default


def _belongs_to_previous(words: str) -> bool:
    return (
        _is_title(words)
        or _ABSENT.fullmatch(words) is not None
        or _PRESENT.fullmatch(words) is not None
        or party_of(words) is not None
        or (_REMARK.match(words) is not None and not words[:1].isupper())
    )


def _note_of_last(persons: list[Person], notes: Sequence[str]) -> None:
    if persons:
        persons[-1] = _with_notes(persons[-1], notes)


def _with_notes(person: Person, notes: Sequence[str]) -> Person:
    """`person` with what the remarks say of party and presence."""
    for note in notes:
        for part in re.split(r"[,;]|\s[-–]\s", note):
            remark = part.strip(" .")
            if _ABSENT.fullmatch(remark):
                person = person._replace(present=False)
            elif _PRESENT.fullmatch(remark):
                person = person._replace(present=True)
            elif party := party_of(remark):
                person = person._replace(party=party)
    return person


def party_of(text: str) -> str | None:
    """The party that `text` names: its letters, `independent`, or `None` for anything else."""
    if _WITHOUT_PARTY.fullmatch(text):
        return INDEPENDENT
    letters = _LETTERS.match(text)
    if letters:
        return re.sub(r"\s", "", letters.group(1))
    return _PARTIES.get(text.lower())


def _is_title(text: str) -> bool:
    words = text.split()
    return bool(words) and len(words) <= 4 and not _without_leading_titles(words)


def _without_titles(text: str) -> str:
    words = _without_leading_titles(text.split())
    while len(words) > 2 and words[-1].islower() and _is_title_word(words[-1]):
        words.pop()
        if _ORDINAL.match(words[-1]):
            words.pop()
    return " ".join(words)


def _without_leading_titles(words: list[str]) -> list[str]:
    count = 0
    for position, word in enumerate(words):
        ordinal = _ORDINAL.match(word) and position + 1 < len(words)
        if not (_is_title_word(word) or (ordinal and _is_title_word(words[position + 1]))):
            break
        count = position + 1
    return words[count:]


def _is_title_word(word: str) -> bool:
    lower = word.lower().strip(".:,")
    return lower in _TITLES or lower.endswith(_ROLE_ENDS)


def _without_party(name: str) -> tuple[str, str | None]:
    """`Ida Holm A` is Ida Holm of party A; `Ida A. Holm` is a name."""
    match = _TRAILING_LETTER.match(name)
    return (match.group(1), match.group(2)) if match else (name, None)


def looks_like_name(text: str) -> bool:
    """Whether `text` has the form of a person's full name.

    Two to five words, each capitalised (`von`, `de`, `af` … may stand between), with initials,
    hyphens and apostrophes, without digits, and none of them a word that agendas use otherwise.
    """
    if not text or len(text) > _LONGEST_NAME:
        return False
    words = text.split()
    if not 2 <= len(words) <= 5 or _is_initial(words[-1]):
        return False
    last = len(words) - 1
    return all(
        (word in _PARTICLES and 0 < position < last) or _is_name_word(word, first=position == 0)
        for position, word in enumerate(words)
    )


def _is_initial(word: str) -> bool:
    return _INITIALS.match(word) is not None


@lru_cache(maxsize=4096)
def _is_name_word(word: str, *, first: bool = False) -> bool:
    if _is_initial(word):
        return word[0].isupper() and not (first and len(word) == 1)
    stem = word[:-1] if word.endswith(".") and word[:-1].lower() in _SHORT_FORMS else word
    if stem[:3] in {"al-", "el-"}:
        stem = stem[3:]
    parts = stem.split("-")
    if not all(_is_capitalised(part) for part in parts):
        return False
    lower = stem.lower()
    # Only nouns are tried without the s of the genitive: Hans is no form of "han".
    if lower in _COMMON or lower.removesuffix("s") in _NOUNS:
        return first and lower in _ALSO_FIRST_NAMES
    return not (_is_title_word(lower) or lower.removesuffix("s").endswith(_ORGANISATION_ENDS))


def _is_capitalised(part: str) -> bool:
    """A capital and letters; not an abbreviation (`IPS`), not half a compound (`-forløb`)."""
    letters = part.replace("'", "").replace("’", "")
    return letters.isalpha() and part[0].isupper() and not letters.isupper() and part[-1].isalpha()


def _may_be_name(text: str) -> bool:
    """Two to four plain words of which the first is capitalised: a name with a slip in it."""
    words = text.split()
    if not 2 <= len(words) <= 4 or len(text) > _LONGEST_NAME or not _is_name_word(words[0]):
        return False
    return all(_is_name_word(word[:1].upper() + word[1:]) for word in words[1:])


def find_persons(text: str) -> list[tuple[str, int, int]]:
    """The names in running text, as printed, with their offsets; titles are left out.

    A genitive is returned as printed ("Ida Holms"); `in_roster` brings it to its basic form.
    """
    persons = []
    for capitalised in _RUN.finditer(text):
        for words in _name_runs(text, *capitalised.span()):
            start, end = words[0].start(), words[-1].end()
            if looks_like_name(text[start:end]):
                persons.append((text[start:end], start, end))
    return persons


def _name_runs(text: str, start: int, end: int) -> Iterable[list[re.Match[str]]]:
    """Runs of words that may belong to one name, without particles at their ends."""
    run: list[re.Match[str]] = []
    complete = 0
    for token in _TOKEN.finditer(text, start, end):
        word = token.group()
        if _is_name_word(word, first=not run):
            run.append(token)
            complete = len(run)
        elif run and word in _PARTICLES:
            run.append(token)
        elif run:
            yield run[:complete]
            run, complete = [], 0
    if run:
        yield run[:complete]


def same_person(a: str, b: str) -> bool:
    """Whether two spellings are taken to name one person.

    They agree but for case, `aa` for `å`, and in names of eight letters or more one letter.
    """
    first, second = _key(a), _key(b)
    return first == second or _nearly_equal(first, second)


def in_roster(name: str, roster: Iterable[str]) -> str:
    """The spelling in `roster` of the person called `name`; `name` itself if it is not clear who.

    An exact spelling goes before a near one; a name near to two members is left as printed.
    """
    key = _key(name)
    near = []
    for member in roster:
        other = _key(member)
        if other == key:
            return member
        if _nearly_equal(key, other):
            near.append(member)
    return near[0] if len(near) == 1 else name


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return " ".join(name.replace(".", " ").lower().replace("aa", "å").split())


@lru_cache(maxsize=4096)
def _nearly_equal(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or a.count(" ") != b.count(" "):
        return False
    if min(len(a), len(b)) - a.count(" ") < _FUZZY_LETTERS:
        return False
    return _one_edit(a, b)


def _one_edit(a: str, b: str) -> bool:
    """Edit distance at most one: what is left between common beginning and end is one letter."""
    shorter, longer = sorted((a, b), key=len)
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    return shorter[start:] == longer[start + 1 :] or shorter[start + 1 :] == longer[start + 1 :]
