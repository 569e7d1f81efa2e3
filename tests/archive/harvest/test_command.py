"""`sagsgang harvest`, run as people run it, against a service on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from ..firstagenda_server import FirstAgenda, answer, id_of, item

MAY = "2026-05-04T14:00:00+02:00"
JUNE = "2026-06-08T14:00:00+02:00"

pytestmark = pytest.mark.usefixtures("own_archive")


class Finished(NamedTuple):
    """What the command left behind."""

    status: int
    told: str


def environment(language: str = "da") -> dict[str, str]:
    return os.environ | {"LANGUAGE": language, "NO_COLOR": "1", "PYTHONUTF8": "1"}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sagsgang", *arguments]


def harvest(*arguments: str, language: str = "da") -> Finished:
    done = subprocess.run(
        command("harvest", *arguments),
        env=environment(language),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.stdout == ""
    return Finished(done.returncode, done.stderr)


def host(service: FirstAgenda) -> str:
    return service.address.removeprefix("http://")


def of_lindvig(service: FirstAgenda, *arguments: str, language: str = "da") -> Finished:
    return harvest(service.address, "--municipality", "Lindvig", *arguments, language=language)


def test_a_site_is_harvested_and_harvested_again(service: FirstAgenda) -> None:
    service.add(MAY)
    june = service.add(JUNE)
    first = of_lindvig(service)
    assert first == (0, f"{host(service)}: 2 dokumenter: 2 nye, 0 ændrede, 0 uændrede.\n")
    service.add(JUNE, item("1", "Rettet"), released="2026-06-20")
    service.withdraw(id_of("møde Beskæftigelsesudvalget 2026-05-04T14:00:00+02:00 Referat "))
    second = harvest(f"{service.address}/vis?id={june}")
    assert second == (
        0,
        f"{host(service)}: 1 dokument: 0 nye, 1 ændret, 0 uændrede, 1 forsvundet fra siden.\n",
    )


def test_it_speaks_english_too(service: FirstAgenda) -> None:
    dead = service.add(MAY)
    service.strike(f"/api/agenda/dagsorden/{dead}", answer(404))
    done = of_lindvig(service, language="en")
    assert done.status == 1
    assert done.told.splitlines() == [
        "✗ Beskæftigelsesudvalget 2026-05-04, Referat: The site no longer has it (answer 404). "
        "What is in the archive stays there.",
        f"{host(service)}: 1 document: 0 new, 0 changed, 0 unchanged, 1 not fetched.",
    ]


def test_a_site_that_asks_for_peace_is_left_and_the_next_is_harvested(
    service: FirstAgenda,
) -> None:
    service.add(MAY)
    assert of_lindvig(service).status == 0
    again = service.add(JUNE)
    service.strike(f"/api/agenda/dagsorden/{again}", answer(429, Retry_After="99999"))
    done = harvest("http://127.0.0.1:9", service.address)
    assert done.status == 1
    assert "http://127.0.0.1:9, hvilken kommune" in done.told
    assert f"{host(service)}: Siden beder os vente til" in done.told


def test_a_site_that_has_shrunk_is_refused(service: FirstAgenda) -> None:
    ids = [service.add(f"2026-05-{day}T14:00:00+02:00") for day in range(10, 20)]
    assert of_lindvig(service).status == 0
    for id_ in ids[:5]:
        service.withdraw(id_)
    refused = harvest(service.address)
    assert refused.status == 2
    assert "--accept-shrink" in refused.told
    assert harvest(service.address, "--accept-shrink").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nævn mindst én webadresse."),
        (["ftp://lindvig.dk"], "er ikke en webadresse"),
        (["https://a.dk", "https://b.dk", "--municipality", "A"], "ét websted ad gangen"),
        (["https://a.dk", "--since", "22"], "--since skal være et årstal, ikke 22."),
        (["https://a.dk", "--since", "i år"], "skal være et helt tal"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(arguments: list[str], said: str) -> None:
    done = harvest(*arguments)
    assert done.status == 2
    assert said in done.told
    assert len(done.told.splitlines()) == 1


@pytest.mark.usefixtures("unmeasured")
def test_it_may_be_killed_at_any_moment(service: FirstAgenda, own_archive: Path) -> None:
    """Each kill leaves whole meetings, the next run fetches the rest, and nothing twice."""
    count = 40
    for number in range(count):
        attached = id_of(f"bilag {number}")
        service.serve_pdf(f"/vis/pdf/bilag/{attached}", f"Notat {number % 4}")
        service.add(
            f"2026-{1 + number // 20:02}-{1 + number % 20:02}T14:00:00+01:00",
            item("1", "Budget", Bilag=[{"Id": attached, "Navn": "Notat"}]),
        )
    killed = 0
    for wanted in (3, 12, 25):
        harvesting = subprocess.Popen(
            command("harvest", service.address, "--municipality", "Lindvig", "--attachments"),
            env=environment(),
        )
        deadline = time.monotonic() + 600
        while len(asked(service)) < wanted and time.monotonic() < deadline:
            time.sleep(0.005)
        harvesting.send_signal(signal.SIGKILL)
        killed += harvesting.wait(600) == -signal.SIGKILL
        assert checked().returncode == 0
    assert killed
    done = of_lindvig(service, "--attachments")
    assert done.status == 0
    assert f"{count} dokumenter: " in done.told
    assert set(asked(service)) == {f"/api/agenda/dagsorden/{id_}" for id_ in service.agendas}
    # A meeting is asked for twice only where the kill fell between its fetching and its keeping.
    assert len(asked(service)) <= count + 3
    assert of_lindvig(service).told.endswith(f"0 nye, 0 ændrede, {count} uændrede.\n")
    assert f"{count} møder" in checked().stderr
    assert (
        len(
            [
                path
                for path in (own_archive / "files").rglob("*")
                if path.is_file() and path.name[0] != "."
            ]
        )
        == 4
    )


def checked() -> subprocess.CompletedProcess[str]:
    """What the archive says of itself."""
    return subprocess.run(
        command("check-archive"),
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def asked(service: FirstAgenda) -> list[str]:
    return [path for path in service.asked if path.startswith("/api/agenda/dagsorden/")]
