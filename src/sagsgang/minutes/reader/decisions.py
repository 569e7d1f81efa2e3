"""What was decided: outcome, votes, statements, referral to the council.

Decisions are quoted; everything here is inferred from their wording, by rules with names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from ..danish import names
from ..model import Choice, Outcome, Statement, Vote
from .compose import plain
from .vocabulary import Vocabulary

_QUOTES: Final = {"”": "”", "“": "”", '"': '"', "„": "”", "»": "«", "«": "»", "’": "’"}
_QUOTED: Final = re.compile(r"[”“\"„»][^”“\"„»«]{12,}[”“\"«]")
_SENTENCE: Final = re.compile(r"(?<=[a-zæøå0-9)\]”\"»])[.!?](?=\s+[A-ZÆØÅ”\"»]|\s*$)|\n+")
_NOT_OPERATIVE: Final = re.compile(
    r"deltog ikke|var fraværende|er fraværende|fraværende:|ikke til ?stede|\bafbud\b|stedfortræder|forlod mødet|ankom|gik kl|var inhabil|"
    r"stemte imod|stemmer imod|undlod at stemme|undlader at stemme|begærede|begærer|protokollat|protokolbemærkning|tilført (?:beslutnings)?protokol|"
    r"kan ikke tiltræde beslutningen|tog forbehold|tager forbehold|mindretalsudtalelse|særudtalelse|^imod stemte|^undlod|^hverken for|deltog i stedet",
    re.IGNORECASE,
)
_OTHER_ITEM: Final = re.compile(
    r"^(?:tillægs)?(?:dagsordens)?(?:punkt(?:et|erne)?|pkt\.?|sag(?:en|erne)?(?: nr\.?)?)\s*\d+[a-z]?(?:\s*(?:,|og|-)\s*\d+)*\s+(?:[^.]{0,90} )?(?:udgår|udsættes|udgik|blev udsat|er udsat|tages af|flyttes|behandles|blev behandlet|sendes|er taget|oversendes)",
    re.IGNORECASE,
)
_LEADING_NUMBER: Final = re.compile(
    r"^(?:(?:Ad\s*)?(?:pkt\.?\s*)?[\d,\- og]+\s*[.):]|[-•–]|ad \w+[:)]|[a-z]\))\s*", re.IGNORECASE
)
_AMENDED: Final = re.compile(
    r"med (?:den|følgende|de) (?:ændring(?:er)?|tilføjelse(?:r)?|justering(?:er)?|rettelse(?:r)?)|dog (?:således|med)|"
    r"ændringsforslag(?:et)? (?:blev |er )?(?:vedtaget|godkendt|tiltrådt)|i ændret form",
    re.IGNORECASE,
)


class Ruled(NamedTuple):
    """An outcome and the name of the rule that gave it."""

    outcome: Outcome
    rule: str


def sentences(text: str) -> list[str]:
    """The sentences of a text, without their final full stop; line breaks end a sentence."""
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def outcome_of(text: str, recommendation: str, vocabulary: Vocabulary) -> Ruled | None:
    """The outcome that a decision's wording has, or `None` for an empty decision.

    The decision's own sentences are read in order: those that record absence, votes against
    or dissent say nothing of the outcome, and what is quoted is not read. A wording that only
    follows the recommendation takes its meaning from there.
    """
    body = plain(text).strip()
    if not body:
        return None
    unquoted = _QUOTED.sub(" ", body)
    operative: list[str] = []
    others: list[str] = []
    for sentence in sentences(unquoted):
        bare = _LEADING_NUMBER.sub("", sentence).strip(" .:*")
        if not bare and sentence.strip() not in ("-", "–", "—"):
            continue
        bare = bare or sentence.strip()
        if _OTHER_ITEM.match(bare):
            others.append(bare)
        elif not _NOT_OPERATIVE.search(bare) or re.match(
            r"(?:godkendt|tiltrådt|vedtaget|taget til)", bare, re.IGNORECASE
        ):
            operative.append(bare)
    found = _strongest(operative, vocabulary)
    if found is not None:
        return _amended(found, unquoted)
    majority = _majority(body)
    if majority is not None:
        return majority
    if not operative:
        if others:
            found = _sentence_outcome(others[0], vocabulary)
            if found is not None:
                return found
        stripped = [s for s in sentences(unquoted) if s.strip(" .-")]
        if not stripped:
            return Ruled("nothing_reported", "outcome.nothing_reported")
    return Ruled("other", "outcome.no_rule")


_WEAK: Final = frozenset({"informed", "discussed", "nothing_reported"})
_SHORT: Final = 140


def _strongest(operative: Sequence[str], vocabulary: Vocabulary) -> Ruled | None:
    """The outcome of the first sentence that has one; what was only told or discussed gives
    way to a short later sentence that settles the case."""
    first: Ruled | None = None
    for sentence in operative:
        found = _sentence_outcome(sentence, vocabulary)
        if found is None:
            continue
        if found.outcome not in _WEAK:
            if first is None or len(sentence) <= _SHORT:
                return found
        elif first is None or (first.outcome == "nothing_reported"):
            first = found
    return first


_APPROVING: Final = re.compile(
    r"(?:godkendt|tiltrådt|vedtaget|imødekommet|indstillingen (?:blev )?(?:godkendt|tiltrådt))\b(?! ikke)",
    re.IGNORECASE,
)
_NOT_AFTER_APPROVING: Final = frozenset({"referred_back", "postponed", "rejected"})


@lru_cache(maxsize=4096)
def _sentence_outcome(sentence: str, vocabulary: Vocabulary) -> Ruled | None:
    approving = _APPROVING.match(sentence) is not None
    for rule in vocabulary.outcomes:
        if approving and rule.outcome in _NOT_AFTER_APPROVING:
            continue
        if rule.matches(sentence):
            return Ruled(rule.outcome, rule.name)
    return None


def _amended(found: Ruled, text: str) -> Ruled:
    if found.outcome == "approved" and _AMENDED.search(text):
        return Ruled("amended", "outcome.amended")
    return found


def _majority(text: str) -> Ruled | None:
    if re.search(
        r"(?:et flertal|flertallet)[^.]*(?:stemte|stemmer) (?:for|ja)", text, re.IGNORECASE
    ):
        return Ruled("approved", "outcome.majority_for")
    if re.search(
        r"(?:et flertal|flertallet)[^.]*(?:stemte|stemmer) (?:imod|mod|nej)", text, re.IGNORECASE
    ):
        return Ruled("rejected", "outcome.majority_against")
    return None


# --- votes ---------------------------------------------------------------------------------

_CHOICES: Final[dict[str, Choice]] = {
    "for": "for", "ja": "for", "imod": "against", "mod": "against", "nej": "against",
    "undlod": "abstain", "hverken": "abstain",
}  # fmt: skip
_VOTED: Final = re.compile(
    r"(?P<who>[^.:;\n]{2,600}?)\s+(?:(?:stemte|stemmer)\s+(?P<choice>for|imod|mod|ja|nej|hverken)\b|(?P<abstain>undlod|undlader) at stemme)"
)
_LISTED: Final = re.compile(
    r"(?:^|\n|(?<=[.;] ))[\s*-]*(?:(?P<head>For|Imod|Mod|Hverken for eller imod)(?:\s+(?:stemte|stemmer))?(?:\s+\d+)?(?:\s+medlemmer)?|(?P<abstain>Undlod at stemme|Undlader at stemme|Hverken for eller imod(?: stemte)?|Stemte ikke))"
    r"\s*(?::|\s(?=\d*\s*\())\s*(?:\d+\s*)?(?P<who>[^\n]+)"
)
_PARENTHESIS: Final = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_PARTIES: Final = (
    "Venstre", "Socialdemokratiet", "Socialdemokraterne", "Enhedslisten", "SF", "Socialistisk Folkeparti", "Radikale Venstre", "Radikale", "Det Radikale Venstre",
    "Det Konservative Folkeparti", "Konservative", "De Konservative", "Dansk Folkeparti", "Liberal Alliance", "Alternativet", "Nye Borgerlige",
    "Danmarksdemokraterne", "Moderaterne", "Kristendemokraterne", "Borgernes Parti", "Frie Grønne",
)  # fmt: skip
_PARTY_GROUP: Final = re.compile(
    r"(?:(?:Gruppe|Liste|Gruppen|Listen)\s+[A-ZÆØÅ]{1,2}|[A-ZÆØÅ]{1,2})"
)


def votes_of(text: str, roster: Sequence[str]) -> list[Vote]:
    """The votes that a decision records by name or by party, each voter once.

    Voters known from the head of the document come in its spelling. Numbers of votes without
    names are no voters.
    """
    if "stem" not in text and "For:" not in text and "Imod:" not in text:
        return []
    body = _QUOTED.sub(" ", plain(text))
    found: dict[Choice, list[str]] = {}
    listed = False
    for match in _LISTED.finditer(body):
        choice = (
            _CHOICES["undlod"]
            if match["abstain"] or "Hverken" in (match["head"] or "")
            else _CHOICES[match["head"].lower()]
        )
        voters = _voters(match["who"], roster)
        if voters:
            listed = True
            _add(found, choice, voters)
    if not listed:
        for sentence in sentences(body):
            for match in _VOTED.finditer(sentence):
                word = match["choice"] or "undlod"
                if (
                    match["choice"] == "for"
                    and re.match(r"\s+(?:at|en|den|et|det)\b", sentence[match.end() :])
                    and "flertal" not in sentence
                ):
                    pass
                voters = _voters(_subject(match["who"]), roster)
                if voters:
                    _add(found, _CHOICES[word], voters)
    order: tuple[Choice, ...] = ("for", "against", "abstain")
    return [Vote(choice, tuple(found[choice])) for choice in order if choice in found]


def _subject(text: str) -> str:
    """Who votes: what stands in parentheses after a majority or a party, or the words themselves."""
    tail = re.split(r"(?:,\s*(?:idet|mens|og)\s+|\bmens\s+|\bidet\s+|\bog at\s+)", text)[-1]
    match = _PARENTHESIS.search(tail)
    if (
        match
        and (("," in match[1]) or " " in match[1].strip())
        and not re.fullmatch(r"[A-ZÆØÅ/ ]{1,6}|Uden for parti|løsgænger", match[1])
    ):
        before = tail[: match.start()].strip()
        if (
            re.search(
                r"flertal|mindretal|medlemmer|stemmer|\d+$|udvalget|gruppe", before, re.IGNORECASE
            )
            or len(names.split_persons(match[1])) > 1
        ):
            return match[1]
    return tail


def _add(found: dict[Choice, list[str]], choice: Choice, voters: Sequence[str]) -> None:
    known = found.setdefault(choice, [])
    for voter in voters:
        if not any(names.same_person(voter, other) for other in known):
            known.append(voter)


def _voters(text: str, roster: Sequence[str]) -> list[str]:
    match = _PARENTHESIS.search(text)
    inner = match[1] if match else ""
    if inner and len(names.split_persons(inner)) > 1:
        text = inner
    text = text.strip(" .:;-")
    persons = names.split_persons(text)
    if persons and all(not _is_party(person.name) for person in persons):
        return [names.in_roster(person.name, roster) for person in persons]
    voters: list[str] = []
    for piece in re.split(r",\s*|\s+og\s+|\s+samt\s+|;\s*", text):
        piece = piece.strip(" .")
        piece = re.sub(r"^(?:og|samt)\s+", "", piece)
        party = _party(piece)
        if party:
            voters.append(party)
            continue
        person = names.split_persons(piece)
        if len(person) == 1:
            voters.append(names.in_roster(person[0].name, roster))
    return voters


def _is_party(name: str) -> bool:
    return _party(name) is not None


def _party(piece: str) -> str | None:
    bare = re.sub(r"\s*\([A-ZÆØÅ]{1,2}\)$", "", piece).strip()
    for party in _PARTIES:
        if bare.lower() == party.lower():
            return bare
    if re.fullmatch(r"(?:Gruppe|Liste|Gruppen|Listen|gruppe|liste)\s+[A-ZÆØÅ]{1,2}", bare):
        return bare
    if re.fullmatch(r"[A-ZÆØÅ]", bare):
        return bare
    return None


# --- dissent -------------------------------------------------------------------------------

_STATED: Final = re.compile(
    r"(?P<who>[^.:;\n”\"]{3,300}?)\s+(?:stemte (?:imod|mod)[^.:\n]{0,40}?med henvisning til|afgav|afgiver|ønskede|ønsker|fremsatte|havde|har|tilføjede|bad om|begærede|begærer|gav|kom med|fremkom med|ønskede at videreføre|vil gerne have)\s*"
    r"(?P<what>[^.:\n]{0,140}?(?:protokollat|protokol\w*|mindretalsudtalelse|særudtalelse|særstandpunkt|standpunkt|udtalelse|ført til protokols?|tilført\w* \w*protokol\w*)[^.:\n]{0,80}?)\s*:\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEADED: Final = re.compile(
    r"(?:^|\n)\s*(?:Protokollat|Mindretalsudtalelse|Særudtalelse|Protokolbemærkning|Protokoltilførsel)\s+(?:fra|af|ved)\s+(?P<who>[^:\n]{2,160}):\s*(?P<text>.*)",
    re.DOTALL,
)
_DISSENT: Final = re.compile(
    r"^(?P<who>[^.:;\n]{3,300}?)\s+(?:kan ikke tiltræde (?:beslutningen|indstillingen|forslaget|dette|sagen)|kunne ikke tiltræde (?:beslutningen|indstillingen|forslaget|dette)|kan ikke støtte (?:beslutningen|indstillingen|forslaget)|kunne ikke støtte (?:beslutningen|indstillingen|forslaget)|kan ikke godkende (?:beslutningen|indstillingen)|tog forbehold|tager forbehold|tog generelt forbehold)\b"
)


def statements_of(text: str, roster: Sequence[str]) -> list[Statement]:
    """Dissent and minority statements that a decision records."""
    lowered = text.lower()
    if not any(
        word in lowered
        for word in (
            "protokol",
            "tiltræde",
            "forbehold",
            "udtalelse",
            "standpunkt",
            "støtte",
            "ikke godkende",
        )
    ):
        return []
    body = plain(text)
    found: list[Statement] = []
    for match in _paragraph_matches(body):
        by = _authors(match["who"], roster)
        said = _quotation(match["text"])
        if by and said:
            found.append(Statement(tuple(by), said))
    taken = {name for statement in found for name in statement.by}
    for sentence in sentences(_QUOTED.sub(" ", body)):
        dissent = _DISSENT.match(sentence)
        if dissent is None:
            continue
        by = [name for name in _authors(dissent["who"], roster) if name not in taken]
        if by:
            found.append(Statement(tuple(by), None))
    return found


def _paragraph_matches(body: str) -> list[re.Match[str]]:
    """One match for each paragraph that introduces a statement; its text may run on."""
    matches: list[re.Match[str]] = []
    paragraphs = re.split(r"\n\s*\n", body)
    for place, paragraph in enumerate(paragraphs):
        lowered = paragraph.lower()
        if "protokol" not in lowered and "udtalelse" not in lowered and "standpunkt" not in lowered:
            continue
        joined = paragraph
        if paragraph.rstrip().endswith(":") or _opens_quote(paragraph):
            joined = "\n\n".join(_until_closed(paragraphs[place:]))
        match = _STATED.search(joined) or _HEADED.search(joined)
        if match is not None:
            matches.append(match)
    return matches


def _opens_quote(paragraph: str) -> bool:
    return paragraph.count('"') % 2 == 1 or paragraph.count("”") % 2 == 1 and "“" not in paragraph


def _until_closed(paragraphs: Sequence[str]) -> list[str]:
    taken = [paragraphs[0]]
    for paragraph in paragraphs[1:]:
        taken.append(paragraph)
        if paragraph.rstrip(" .").endswith(('"', "”", "«", "“")):
            break
        if len(taken) == 2 and not paragraph.lstrip()[:1] in '"”“»':
            break
    return taken


def _quotation(text: str) -> str:
    """What is quoted at the beginning of `text`, without its quotation marks; else all of it."""
    body = text.strip()
    if not body:
        return ""
    close = _QUOTES.get(body[0])
    if close is None:
        return body.split("\n\n")[0].strip()
    ends = [body.rfind(mark) for mark in ('"', "”", "“", "«", close)]
    end = max(ends)
    return body[1:end].strip() if end > 0 else body[1:].strip()


def _authors(text: str, roster: Sequence[str]) -> list[str]:
    who = re.split(r"\n", text)[-1].strip()
    who = _subject(who)
    return _voters(who, roster)


_REFERRING: Final = ("begær", "ønske", "anmod", "kræve", "forlang", "indbr", "standse", "bad om")
_REFERRED: Final = re.compile(
    r"(?P<who>[^.:;\n”\"]{3,300}?)\s+(?:begærede|begærer|ønskede|ønsker|anmodede om at få|krævede|forlangte|indbragte|indbringer|standsede|bad om at få)\s+"
    r"(?:at få\s+)?(?:sagen|punktet|beslutningen|afgørelsen)\s+(?:(?:indbragt|forelagt|behandlet|afgjort|løftet|prøvet|bragt|indbringes|forelægges|videreført|med henblik på afgørelse)\s*)?"
    r"(?:for|i|til|af|ind for|op i)\s+(?:[Bb]yrådet|[Kk]ommunalbestyrelsen|[Bb]orgerrepræsentationen)"
)
_STOPPED: Final = re.compile(
    r"(?P<who>[^.:;\n”\"]{3,300}?)\s+(?:benyttede|benytter|gjorde brug af|udnyttede|bruger|brugte)\s+(?:sin|deres)\s+(?:standsningsret|ret (?:efter|til))"
)


def referrals_of(text: str, roster: Sequence[str]) -> list[str]:
    """Persons who have required that the council decide (kommunestyrelsesloven § 23)."""
    if "standsning" not in text and not (
        ("yrådet" in text or "bestyrelsen" in text or "epræsentation" in text)
        and any(verb in text for verb in _REFERRING)
    ):
        return []
    body = _QUOTED.sub(" ", plain(text))
    found: list[str] = []
    for sentence in sentences(body):
        if len(sentence) > 400:
            continue
        match = _REFERRED.search(sentence) or _STOPPED.search(sentence)
        if match is None:
            continue
        for name in _authors(match["who"], roster):
            if not any(names.same_person(name, other) for other in found):
                found.append(name)
    return found
