"""The 98 municipalities are there, with the authorities' codes."""

from __future__ import annotations

import pytest

from sagsgang.bodies.models import Municipality
from sagsgang.bodies.terms import term_of
from sagsgang.minutes.danish.slugs import slug_of


@pytest.mark.django_db
def test_every_municipality_has_a_code_and_a_region():
    assert Municipality.objects.exclude(code=None).exclude(region="").count() == 98
    assert Municipality.objects.get(slug="horsens").code == "615"
    assert set(Municipality.objects.values_list("region", flat=True)) == {
        "Hovedstaden",
        "Sjælland",
        "Syddanmark",
        "Midtjylland",
        "Nordjylland",
    }


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Beskæftigelses- og Integrationsudvalget", "beskaeftigelses-og-integrationsudvalget"),
        ("Ærø", "aeroe"),
        ("Aabenraa", "aabenraa"),
        ("Børne-/Ungeudvalg §17, stk. 4", "boerne-ungeudvalg-17-stk-4"),
        ("…", ""),
    ],
)
def test_names_in_addresses_can_be_read_aloud(name, slug):
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("date", "term"),
    [("2017-12-31", "2014-2017"), ("2018-01-01", "2018-2021"), ("2026-11-22", "2026-2029")],
)
def test_terms_begin_the_year_after_the_election(date, term):
    assert term_of(date) == term
