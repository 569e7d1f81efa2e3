"""Which municipality a site belongs to."""

from __future__ import annotations

import pytest

from sagsgang.archive.harvest.hosts import municipality_of_host
from sagsgang.bodies.municipalities import municipalities


@pytest.mark.parametrize(
    ("address", "municipality"),
    [
        ("https://dagsordener.hvidovre.dk", "Hvidovre"),
        ("https://dagsordener-referater.albertslund.dk", "Albertslund"),
        ("https://dagsorden.aeroekommune.dk", "Ærø"),
        ("https://udvalg.aarhus.dk:443", "Aarhus"),
        ("https://dagsordener.hoeje-taastrup.dk", "Høje-Taastrup"),
        ("https://dagsorden.nordfynskommune.dk", "Nordfyns"),
        ("https://dagsorden.ikast-brande.dk", "Ikast-Brande"),
        ("https://dagsorden.ishoj.dk", "Ishøj"),
        ("https://dagsordener.ltk.dk", "Lyngby-Taarbæk"),
        ("https://dagsordener.ærø.dk", "Ærø"),
        ("https://dagsordener.lindvig.dk", None),
        ("https://varde.dagsordener.example", None),
        ("http://127.0.0.1:8000", None),
        ("http://localhost", None),
    ],
)
def test_the_domain_tells(address: str, municipality: str | None) -> None:
    assert municipality_of_host(address) == municipality


def test_every_municipality_is_known_by_its_own_name() -> None:
    from sagsgang.minutes.danish.slugs import slug_of

    for _, name, _ in municipalities():
        assert municipality_of_host(f"https://dagsorden.{slug_of(name)}.dk") == name
