"""An invented archive of any size, the same for the same seed.

Minutes as municipal minutes are: bodies with members for a term, cases that return at meeting after
meeting with one number, recommendations, decisions, votes, dissent, absence and closed items, and
texts of 150 to 200 words put together from many compounds. Nothing in them is real.

Each meeting is made from its own place in the archive alone, so that any of them can be made
without those before it, and none is kept.

    python -m bench.synthetic FOLDER --meetings 2000
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from sagsgang.bodies.municipalities import municipalities as real_municipalities
from sagsgang.minutes.model import (
    Attachment,
    Attendance,
    ContentsEntry,
    Decision,
    Item,
    Minutes,
    Recommendation,
    Reference,
    Section,
    Statement,
    Step,
    Table,
    Vote,
)

WORDS: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
FIRST_MEETING: Final = date(2021, 8, 4)
BETWEEN_MEETINGS: Final = timedelta(weeks=4)
NEW_CASES: Final = 0.4
"""New cases for each open item: the rest of the items are treatments of earlier ones."""
LABELS: Final = {
    "summary": "Resume",
    "presentation": "Sagsfremstilling",
    "economy": "Økonomi",
    "recommendation": "Indstilling",
    "decision": "Beslutning",
}


@dataclass(frozen=True)
class Size:
    """How large an archive is, in each direction."""

    municipalities: int
    bodies: int
    meetings: int
    """Of each body."""
    items: int
    """Of each meeting."""
    members: int | None = None
    """Of each body; otherwise as many as such a body has."""

    @classmethod
    def of(cls, meetings: int) -> Size:
        """An archive of about so many meetings, of twelve items each."""
        return cls(max(1, round(meetings / 200)), 4, min(50, max(1, meetings // 4)), 12)


@dataclass(frozen=True)
class Place:
    """Where in the archive a meeting is."""

    seed: int
    municipality: int
    body: int
    meeting: int

    def random(self, *further: object) -> Random:
        """Chance, the same each time for the same place."""
        return Random(f"{self.seed} {self.municipality} {self.body} {further}")


def archive(size: Size, seed: int = 1) -> Iterator[Minutes]:
    """The minutes of all meetings, in the order in which they were held."""
    for meeting in range(size.meetings):
        for municipality in range(size.municipalities):
            for body in range(size.bodies):
                yield minutes(Place(seed, municipality, body, meeting), size)


def minutes(place: Place, size: Size) -> Minutes:
    """The minutes of one meeting."""
    body = _body(place)
    chance = place.random(place.meeting)
    day = _day(place)
    members = _present(place, size, chance)
    numbers = range(place.meeting * size.items % 400 + 1, 10_000)
    made = [_item(place, size, members, chance, index) for index in range(size.items)]
    items = tuple(
        replace(item, number=str(number)) for item, number in zip(made, numbers, strict=False)
    )
    return Minutes(
        municipality=_municipality(place.municipality),
        committee=body["name"],
        term=_term(day),
        date=day.isoformat(),
        start_time=f"{chance.choice((8, 14, 15, 16, 17))}:{chance.choice(('00', '30'))}".zfill(5),
        place=chance.choice(WORDS["words"]["rooms"]),
        members=members,
        contents=tuple(
            ContentsEntry(item.title or "Lukket punkt", index + 2, item.closed)
            for index, item in enumerate(items)
        ),
        items=items,
    )


# --- who -----------------------------------------------------------------------------------------


@cache
def _municipality(number: int) -> str:
    """The name of an invented municipality; none of the real ones."""
    real = {name for _, name, _ in real_municipalities()}
    names = [
        first + last
        for last in WORDS["places_last"]
        for first in WORDS["places_first"]
        if first + last not in real
    ]
    Random("names of municipalities").shuffle(names)
    return names[number]


def _body(place: Place) -> dict[str, Any]:
    """One of the kinds of body; from the second round on with a number in its name."""
    bodies = WORDS["bodies"]
    again, kind = divmod(place.body, len(bodies))
    body: dict[str, Any] = bodies[kind]
    return body | {"name": f"Underudvalg {again} til {body['name']}"} if again else body


def _day(place: Place) -> date:
    return FIRST_MEETING + place.meeting * BETWEEN_MEETINGS + timedelta(days=place.body % 5)


def _term(day: date) -> str:
    first = day.year - (day.year - 2022) % 4
    return f"{first}-{first + 3}"


@cache
def _elected(place: Place, term: str, seats: int) -> tuple[Attendance, ...]:
    """The members of a body in a term; some of them were there in the term before."""
    chances = [place.random("elected", place.body % 4, seat) for seat in range(seats)]
    if term != _term(FIRST_MEETING):
        chances = [
            chance if chance.random() < 0.6 else place.random("elected", term, seat)
            for seat, chance in enumerate(chances)
        ]
    elected: dict[str, str] = {}
    for chance in chances:
        party = chance.choices(WORDS["parties"], [p["weight"] for p in WORDS["parties"]])[0]
        name = _name(chance)
        while name in elected:
            name = _name(chance)
        elected[name] = party["letter"]
    return tuple(Attendance(name, party) for name, party in elected.items())


def _name(chance: Random) -> str:
    first, last = WORDS["family_names_first"], WORDS["family_names_last"]
    return f"{chance.choice(WORDS['given_names'])} {chance.choice(first)}{chance.choice(last)}"


def _present(place: Place, size: Size, chance: Random) -> tuple[Attendance, ...]:
    seats = size.members or _body(place)["seats"]
    members = _elected(replace(place, meeting=0), _term(_day(place)), seats)
    return tuple(replace(member, present=chance.random() > 0.06) for member in members)


# --- what ----------------------------------------------------------------------------------------


def _item(
    place: Place, size: Size, members: tuple[Attendance, ...], chance: Random, index: int
) -> Item:
    if chance.random() < 0.06:
        title = "Lukket punkt" if chance.random() < 0.5 else None
        return Item(number=None, title=title, closed=True)
    words, number, treated = _case(place, size, chance, index)
    decision = _decision(words, chance)
    recommendation, points = _recommendation(words)
    sections = [
        _section("summary", words.sentences("summary", 2)),
        _section("presentation", _presentation(words, chance)),
        _section("economy", words.sentences("economy", 1)),
        _section("recommendation", recommendation),
        _section("decision", decision.text),
    ]
    table = _table(words) if chance.random() < 0.1 else None
    item = Item(
        number=None,
        title=words.case.sentence("title"),
        case_number=number,
        kle=found[0] if (found := re.findall(r"\d\d\.\d\d\.\d\d", number)) else None,
        sections=tuple(sections),
        recommendation=Recommendation(_body(place)["unit"], points),
        decisions=(decision,),
        related=_earlier(place, treated, chance),
        attachments=tuple(
            Attachment(words.sentence("attachment"), "https://example.org/bilag.pdf")
            for _ in range(chance.choice((0, 0, 1, 2, 3)))
        ),
        absent=(chance.choice(members).name,) if chance.random() < 0.05 else (),
        next_steps=_next_steps(place, decision),
        tables=(table,) if table else (),
    )
    return _divided(item, words, members) if chance.random() < 0.1 else item


def _case(place: Place, size: Size, chance: Random, index: int) -> tuple[Words, str, int | None]:
    """What the case is about, its number, and the earlier meeting where it was treated, if any.

    Cases are counted through the meetings of a body; an item takes up one of the latest.
    """
    new = place.meeting * size.items + index
    age = 0 if chance.random() < NEW_CASES else int(chance.expovariate(0.6 / size.items)) + 1
    case = max(0, new - age)
    about = place.random("case", case)
    year = (_day(replace(place, meeting=case // size.items))).year
    kle = about.choice(_body(place)["kle"])
    running = case * 7 + place.body * 100_000 + 1
    forms = (f"{kle}-{about.choice('AGPØ')}{about.randrange(0, 30):02}-{running}-{year % 100}",
             f"{year}-{running:06}",
             f"{year % 100}/{running:06}")  # fmt: skip
    words = Words(_body(place), chance, about, Words(_body(place), about, Random(about.random())))
    earlier = case // size.items
    return words, forms[place.municipality % 3], earlier if earlier < place.meeting else None


def _earlier(place: Place, treated: int | None, chance: Random) -> tuple[Reference, ...]:
    if treated is None or chance.random() < 0.5:
        return ()
    day = _day(replace(place, meeting=treated))
    return (Reference(_body(place)["name"], day.isoformat()),)


def _next_steps(place: Place, decision: Decision) -> tuple[Step, ...]:
    if decision.outcome != "recommended":
        return ()
    return (Step("Byrådet", (_day(place) + timedelta(weeks=2)).isoformat()),)


def _section(kind: Any, text: str) -> Section:
    return Section(LABELS[kind], kind, text)


def _presentation(words: Words, chance: Random) -> str:
    return "\n\n".join(
        words.sentences("presentation", count) for count in (4, 3, chance.randrange(2, 5))
    )


def _recommendation(words: Words) -> tuple[str, tuple[str, ...]]:
    points = tuple(dict.fromkeys(words.sentence("points") for _ in range(2)))
    unit = words.body["unit"]
    listed = "\n".join(f"{number}. {point}." for number, point in enumerate(points, 1))
    return f"{unit} indstiller, at\n\n{listed}", points


def _decision(words: Words, chance: Random) -> Decision:
    kinds = WORDS["decisions"]
    kind = chance.choices(kinds, [kind["weight"] for kind in kinds])[0]
    text = words.fill(chance.choice(kind["texts"]))
    return Decision(text, kind["outcome"], committee=words.body["name"])


def _table(words: Words) -> Table:
    row = ("{Ting}", "{lille},4", "{lille},1")
    rows = [tuple(words.fill(cell) for cell in row) for _ in range(4)]
    return Table((("Mio. kr.", "Budget", "Regnskab"), *rows))


def _divided(item: Item, words: Words, members: tuple[Attendance, ...]) -> Item:
    """The item with a vote by name and, now and then, a statement of the minority."""
    present = [member for member in members if member.present]
    against = {words.chance.choice(present).party} if present else set()
    votes = tuple(
        Vote(choice, names)
        for choice, names in (
            ("for", tuple(m.name for m in present if m.party not in against)),
            ("against", tuple(m.name for m in present if m.party in against)),
        )
        if names
    )
    if words.chance.random() < 0.5 or not votes:
        return replace(item, votes=votes)
    names = {party["letter"]: party["name"] for party in WORDS["parties"]}
    party = names[str(next(iter(against)))]
    text = words.sentence("statement").replace("Partiet", party)
    return replace(item, votes=votes, statements=(Statement((party,), text),))


# --- words ---------------------------------------------------------------------------------------

_SLOT: Final = re.compile(r"\{(\w+)\}")


@cache
def _parted(template: str) -> list[str]:
    """Text and names of slots by turns."""
    return _SLOT.split(template)


class Words:
    """Sentences on a matter: what is said is chance, what the case is about stays the same."""

    def __init__(
        self, body: dict[str, Any], chance: Random, about: Random, case: Words | None = None
    ) -> None:
        self.body = body
        self.chance = chance
        self.case = case or self
        self.matter = self.case.matter if case else self._thing(about)

    def sentences(self, kind: str, count: int) -> str:
        """So many different sentences of a kind, as one paragraph."""
        return " ".join(
            self.fill(template) for template in self.chance.sample(WORDS["sentences"][kind], count)
        )

    def sentence(self, kind: str) -> str:
        """One sentence of a kind."""
        return self.fill(self.chance.choice(WORDS["sentences"][kind]))

    def fill(self, template: str) -> str:
        """The template with words in its slots."""
        parts = _parted(template).copy()
        for index in range(1, len(parts), 2):
            slot = parts[index]
            word = _SLOTS[slot.lower()](self)
            parts[index] = word[0].upper() + word[1:] if slot[0].isupper() else word
        return "".join(parts)

    def _thing(self, chance: Random) -> tuple[str, ...]:
        article, *forms = chance.choice(WORDS["lasts"]["forms"])
        first = chance.choice(self.body["firsts"])
        return (article, *(first + form for form in forms))

    def thing(self, form: int) -> str:
        """Another thing of the same field, in one of its forms."""
        return self._thing(self.chance)[form]

    def article_and_thing(self) -> str:
        """Such as `en beskæftigelsesplan`."""
        article, singular, *_ = self._thing(self.chance)
        return f"{article} {singular}"

    def place(self) -> str:
        """A place name."""
        return self.chance.choice(WORDS["places_first"]) + self.chance.choice(WORDS["places_last"])


_SLOTS: Final[dict[str, Callable[[Words], str]]] = {
    "sagen": lambda words: words.matter[2],
    "en_ting": Words.article_and_thing,
    "en_ting_person": lambda words: f"en {words.chance.choice(words.body['firsts'])}konsulent",
    "ting": lambda words: words.thing(1),
    "tingen": lambda words: words.thing(2),
    "tingene": lambda words: words.thing(4),
    "gruppe": lambda words: words.chance.choice(words.body["groups"]),
    "enhed": lambda words: words.body["unit"],
    "tal": lambda words: str(words.chance.randrange(110, 990)),
    "lille": lambda words: str(words.chance.randrange(3, 40)),
    "procent": lambda words: f"{words.chance.randrange(2, 96)},{words.chance.randrange(10)}",
    "beløb": lambda words: f"{words.chance.randrange(1, 90)},{words.chance.randrange(10)} mio. kr.",
    "måned": lambda words: words.chance.choice(WORDS["words"]["months"]),
    "år": lambda words: str(words.chance.randrange(2021, 2027)),
    "sted": Words.place,
    "partiet": lambda words: "Partiet",
}


def write(folder: Path, meetings: int, seed: int = 1) -> int:
    """Writes an archive as one JSON file for each meeting; gives the number of items."""
    folder.mkdir(parents=True, exist_ok=True)
    items = 0
    for number, each in enumerate(archive(Size.of(meetings), seed)):
        text = json.dumps(each.to_dict(), ensure_ascii=False)
        (folder / f"{number:06}.json").write_text(text, encoding="utf-8")
        items += len(each.items)
    return items


def main() -> None:
    """Writes the archive that the command line asks for."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--meetings", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    items = write(asked.folder, asked.meetings, asked.seed)
    print(f"{items} items in {asked.folder}")


if __name__ == "__main__":
    main()
