"""`sagsgang harvest`: the meetings of FirstAgenda sites into the archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

from cyclopts import Parameter

from . import wording
from .console import Desk, complain, note
from .data import Data, ready
from .language import say
from .refusal import Refusal

if TYPE_CHECKING:
    from ..archive.harvest.harvesting import Wishes
    from ..archive.harvest.problems import Problem
    from ..archive.models import Run

_EARLIEST: Final = 1900
_LATEST: Final = 2999


def harvest(
    *sites: Annotated[
        str,
        Parameter(
            name=say("ADRESSE", "URL"),
            help=say(
                "Webadresser på kommuners dagsordener og referater (FirstAgenda Publication). "
                "Enhver side på webstedet kan bruges.",
                "Web addresses of municipalities' agendas and minutes (FirstAgenda Publication). "
                "Any page of the site will do.",
            ),
        ),
    ],
    municipality: Annotated[
        str,
        Parameter(
            metavar=say("KOMMUNE", "MUNICIPALITY"),
            help=say(
                "Kommunens navn eller kode, hvis den ikke kan ses af adressen.",
                "The municipality's name or code, where it cannot be seen from the address.",
            ),
        ),
    ] = "",
    attachments: Annotated[
        bool,
        Parameter(
            help=say(
                "Hent også bilagenes filer, så der kan søges i dem. Navne og links kommer altid "
                "med.",
                "Fetch the attachments' files too, to search in them. Names and links always "
                "come along.",
            ),
        ),
    ] = False,
    since: Annotated[
        int | None,
        Parameter(
            metavar=say("ÅR", "YEAR"),
            help=say(
                "Kun møder fra og med dette år.",
                "Only meetings from this year on.",
            ),
        ),
    ] = None,
    accept_shrink: Annotated[
        bool,
        Parameter(
            help=say(
                "Gå videre, selv om et websted har langt færre møder end sidst.",
                "Go on although a site has far fewer meetings than last time.",
            ),
        ),
    ] = False,
    ignore_robots: Annotated[
        bool,
        Parameter(
            help=say(
                "Hent også det, som webstedet beder robotter om at lade være (robots.txt). Til din "
                "egen kommunes websted, eller efter aftale med kommunen.",
                "Also fetch what the site asks robots to leave alone (robots.txt). For your own "
                "municipality's site, or by agreement with it.",
            ),
        ),
    ] = False,
    data: Data | None = None,
) -> int:
    """The exit status: 0 if all went well, 1 if something failed or is held back, 2 if refused.

    Raises:
        Refusal: what was asked for cannot be done at all.
    """
    ready(data)
    homes = _homes(sites)
    _check(homes, municipality, since)
    from ..archive.harvest.harvesting import Wishes

    wishes = Wishes(attachments, since, accept_shrink, municipality, ignore_robots)
    return max(_harvested(home, wishes) for home in homes)


def _homes(sites: Sequence[str]) -> list[str]:
    """The sites that are named, each once.

    Raises:
        Refusal: one of them is no web address.
    """
    from ..archive.harvest.problems import Problem
    from ..archive.harvest.site import home_of

    try:
        return list(dict.fromkeys(map(home_of, sites)))
    except Problem as problem:
        raise Refusal(_said(problem)) from problem


def _check(homes: Sequence[str], municipality: str, since: int | None) -> None:
    if not homes:
        raise Refusal(
            say(
                "Nævn mindst én webadresse. Se sagsgang harvest --help.",
                "Name at least one web address. See sagsgang harvest --help.",
            )
        )
    if municipality and len(homes) > 1:
        raise Refusal(
            say(
                "--municipality gælder ét websted. Høst ét websted ad gangen.",
                "--municipality is for one site. Harvest one site at a time.",
            )
        )
    if since is not None and not _EARLIEST <= since <= _LATEST:
        raise Refusal(
            say(
                f"--since skal være et årstal, ikke {since}.",
                f"--since must be a year, not {since}.",
            )
        )


def _harvested(home: str, wishes: Wishes) -> int:
    """The exit status of one site's harvest, when what came of it has been told."""
    from ..archive.harvest.harvesting import harvest
    from ..archive.harvest.problems import Problem
    from ..archive.runs import Shrunk

    host = home.partition("://")[2]
    try:
        with Desk(None, results=False, doing=say("Høster", "Harvesting")) as desk:
            run = harvest(home, wishes, watcher=_Follower(host, desk))
    except Problem as problem:
        complain(host, _said(problem))
        return 1
    except Shrunk as shrunk:
        complain("", str(shrunk))
        return 2
    note(f"{host}: {_told(run)}")
    return 1 if run.failed or run.held else 0


class _Follower:
    """Shows how a site's harvest goes, and what goes wrong in it."""

    def __init__(self, host: str, desk: Desk) -> None:
        self._host = host
        self._desk = desk

    def begins(self, meetings: int) -> None:
        self._desk.expect(meetings)

    def done(self, documents: int) -> None:
        self._desk.advance(documents)

    def problem(self, name: str, problem: Problem) -> None:
        self._desk.problem(name or self._host, _said(problem))


def _said(problem: Problem) -> str:
    return say(problem.danish, problem.english)


def _told(run: Run) -> str:
    """What came of a harvest, in a sentence."""
    always = (
        (run.new, ("ny", "nye"), "new"),
        (run.changed, ("ændret", "ændrede"), "changed"),
        (run.unchanged, ("uændret", "uændrede"), "unchanged"),
    )
    sometimes = (
        (run.held, ("holdt tilbage", "holdt tilbage"), "held back"),
        (run.failed, ("ikke hentet", "ikke hentet"), "not fetched"),
        (run.vanished, ("forsvundet fra siden", "forsvundet fra siden"), "vanished from the site"),
    )
    counted = (*always, *(each for each in sometimes if each[0]))
    parts = [wording.number(count, danish, (word, word)) for count, danish, word in counted]
    seen = wording.number(run.seen, ("dokument", "dokumenter"), ("document", "documents"))
    return f"{seen}: {', '.join(parts)}."
