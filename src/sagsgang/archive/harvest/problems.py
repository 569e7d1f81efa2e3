"""What can go wrong between the program and a site, said to a person in both languages."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from typing import Final

_COPENHAGEN: Final = zoneinfo.ZoneInfo("Europe/Copenhagen")


class Problem(Exception):
    """Something that could not be had; `danish` and `english` say why and what to do."""

    def __init__(self, danish: str, english: str) -> None:
        super().__init__(danish)
        self.danish = danish
        self.english = english


class Lasting(Problem):
    """Something that will not go better by trying again soon."""


class Withheld(Lasting):
    """A file that is not kept for what may be a CPR number in it.

    Whoever runs the harvest is told which; the public record is not.
    """

    IN_PUBLIC: Final = (
        "Et bilag er ikke gemt, fordi der står noget i det, der ligner et CPR-nummer."
    )


class Gone(Lasting):
    """The site has nothing at the address, or no longer."""


class Refused(Lasting):
    """The site does not let us in; a new session may help."""


class LedAway(Lasting):
    """What is asked for is on another site, or not secure, and is not fetched there."""


class KeptOut(Lasting):
    """The site asks robots not to fetch it."""


class Unfit(Lasting):
    """What came cannot be read, or not be published."""


class Stopped(Problem):
    """The site is not to be asked for more now: it is away, shut, or asks to be left alone."""


def unfit(message: str) -> Unfit:
    """The document cannot be read or published, for the reason that the reader or the door gave."""
    return Unfit(message, message)


def unforeseen(error: Exception) -> Unfit:
    """A mistake of ours in reading or publishing a document."""
    kind = type(error).__name__
    return Unfit(
        f"Det er en fejl i Sagsgang ({kind}). Meld den gerne, og fortæl, hvilket møde det var.",
        f"This is a fault in Sagsgang ({kind}). Please report it, and tell which meeting it was.",
    )


def locked() -> Unfit:
    """The database is used by another program."""
    return Unfit(
        "Databasen var optaget af en anden kommando. Mødet hentes igen næste gang.",
        "The database was busy with another command. The meeting is fetched again next time.",
    )


def gone(code: int) -> Gone:
    """The site answers that there is nothing there (404, 410), or fails on it each time (500)."""
    return Gone(
        f"Siden har det ikke længere (svar {code}). Det, der er i arkivet, bliver stående.",
        f"The site no longer has it (answer {code}). What is in the archive stays there.",
    )


def refused(code: int) -> Refused:
    """The site gives no access without signing in."""
    return Refused(
        f"Siden giver ikke adgang (svar {code}). Se efter i en browser, om den er åben for alle, "
        "og om adressen er rigtig.",
        f"The site gives no access (answer {code}). See in a browser whether it is open to "
        "everyone, and whether the address is right.",
    )


def a_page() -> Refused:
    """A web page came where data was asked for, as when a site wants one to sign in."""
    return Refused(
        "Siden svarede med en webside i stedet for data.",
        "The site answered with a web page instead of data.",
    )


def no_service(address: str) -> Stopped:
    """The address is no FirstAgenda Publication site."""
    return Stopped(
        f"{address} ser ikke ud til at være en FirstAgenda-side: den har ingen liste over udvalg "
        "og møder. Brug adressen på forsiden af kommunens dagsordener og referater.",
        f"{address} does not look like a FirstAgenda site: it has no list of committees and "
        "meetings. Use the address of the front page of the municipality's agendas and minutes.",
    )


def failing(code: int) -> Problem:
    """The site answers with an error, again and again."""
    return Problem(
        f"Siden svarede med en fejl ({code}) hver gang. Prøv igen senere.",
        f"The site answered with an error ({code}) each time. Try again later.",
    )


def busy(until: dt.datetime | None = None) -> Stopped:
    """The site asks for peace, perhaps until a time."""
    if until is None:
        return Stopped(
            "Siden har for travlt og beder os vente. Høst igen senere; det, der er hentet, "
            "hentes ikke igen.",
            "The site is too busy and asks us to wait. Harvest again later; what has been "
            "fetched is not fetched again.",
        )
    when = until.astimezone(_COPENHAGEN)
    return Stopped(
        f"Siden beder os vente til {when:%d-%m-%Y} kl. {when:%H:%M}. Høst igen derefter; det, der "
        "er hentet, hentes ikke igen.",
        f"The site asks us to wait until {when:%Y-%m-%d} at {when:%H:%M}. Harvest again after "
        "that; what has been fetched is not fetched again.",
    )


def unreached(address: str) -> Stopped:
    """No connection could be made."""
    return Stopped(
        f"Der er ingen forbindelse til {address}. Se efter, om adressen er rigtig, og om der er "
        "forbindelse til nettet.",
        f"There is no connection to {address}. Check that the address is right, and that there "
        "is a connection to the network.",
    )


def insecure() -> Stopped:
    """The certificate cannot be verified."""
    return Stopped(
        "Sidens certifikat kan ikke godkendes, så forbindelsen er ikke sikker, og intet er hentet.",
        "The site's certificate cannot be verified, so the connection is not secure, and nothing "
        "was fetched.",
    )


def ill_written(address: str) -> Stopped:
    """The address is none."""
    return Stopped(
        f"»{address}« er ikke en webadresse. Skriv den som https://dagsordener.kommunen.dk.",
        f"“{address}” is no web address. Write it like https://dagsordener.municipality.dk.",
    )


def in_hand() -> Stopped:
    """Another program harvests the same site."""
    return Stopped(
        "Siden bliver høstet i forvejen, så den får fred til det. Vent, til den høst er færdig.",
        "The site is being harvested already, and is left in peace. Wait until that is done.",
    )


def away() -> Stopped:
    """One fetch after another has failed."""
    return Stopped(
        "Siden svarer forkert hver gang, så høsten er standset her. Høst igen senere; det, der er "
        "hentet, hentes ikke igen.",
        "The site answers wrongly each time, so the harvest has stopped here. Harvest again "
        "later; what has been fetched is not fetched again.",
    )


def whose(address: str) -> Stopped:
    """The municipality cannot be told from the address."""
    return Stopped(
        f"Det kan ikke ses af {address}, hvilken kommune siden tilhører. Angiv den med "
        "--municipality.",
        f"It cannot be seen from {address} which municipality the site belongs to. Name it with "
        "--municipality.",
    )


def unexpected(notes: Sequence[str]) -> Problem:
    """The list of meetings has something in it that is not known, or lacks something."""
    told = "; ".join(notes)
    return Problem(
        "Listen over møder er ikke helt, som den plejer at være. Møderne er læst alligevel. "
        f"{told}",
        "The list of meetings is not quite as it used to be. The meetings were read even so. "
        f"{told}",
    )


def in_a_ring() -> Problem:
    """Redirections without end, or to something that is no web page."""
    return Problem(
        "Siden henviser i ring eller til noget, som ikke er en webadresse.",
        "The site redirects in a circle, or to something that is no web address.",
    )


def led_away(where: str) -> LedAway:
    """A redirection to another site, or from a secure address to an insecure one."""
    return LedAway(
        f"Siden henviser til {where}, som ikke er den side, der høstes, eller ikke er sikker. Det "
        "er ikke hentet. Er det kommunens rigtige adresse, så høst den.",
        f"The site redirects to {where}, which is not the site that is harvested, or not secure. "
        "It was not fetched. If it is the municipality's right address, harvest that.",
    )


def kept_out() -> KeptOut:
    """The site's robots.txt asks for something not to be fetched."""
    return KeptOut(
        "Siden beder robotter om ikke at hente det (robots.txt). Er det din egen kommunes side, "
        "eller har du en aftale med den, så brug --ignore-robots.",
        "The site asks robots not to fetch it (robots.txt). If it is your own municipality's site, "
        "or you have an agreement with it, use --ignore-robots.",
    )


def slow() -> Problem:
    """No answer in time."""
    return Problem(
        "Siden var for længe om at svare. Prøv igen senere.",
        "The site took too long to answer. Try again later.",
    )


def cut() -> Problem:
    """The connection broke before everything had come."""
    return Problem(
        "Forbindelsen blev afbrudt, før det hele var hentet. Prøv igen senere.",
        "The connection broke before everything had come. Try again later.",
    )


def garbled() -> Problem:
    """Something else came than what was asked for."""
    return Problem(
        "Siden svarede med noget andet end det, der blev bedt om, hver gang. Prøv igen senere.",
        "The site answered with something else than what was asked for, each time. Try again "
        "later.",
    )


def too_large(limit: int) -> Lasting:
    """More came than is taken in."""
    megabytes = limit // 1_000_000
    return Lasting(
        f"Det er over {megabytes} MB, og det er ikke hentet.",
        f"It is more than {megabytes} MB, and was not fetched.",
    )
