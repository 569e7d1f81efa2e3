"""`sagsgang invite`: a link for somebody new, and for nobody whose account is in use."""

from __future__ import annotations

import pytest
from tests.archive.processes import READY, program

from .conftest import Sagsgang

CHOSEN = (
    READY
    + """
from sagsgang.cases.models import User
bo = User.objects.get(username="bo@lindvig.dk")
bo.set_password("heste ost lampe")
bo.save()
"""
)


@pytest.mark.usefixtures("own_archive")
def test_an_account_in_use_gets_a_link_only_when_it_begins_anew(apart: Sagsgang) -> None:
    link = "http://127.0.0.1:8000/arbejde/konto/invitation/"
    assert apart("invite", "bo@lindvig.dk").out.startswith(link)
    assert program(CHOSEN).status == 0
    refused = apart("invite", "bo@lindvig.dk")
    assert (refused.status, refused.out) == (2, "")
    assert "--start-over" in refused.err
    assert apart("invite", "bo@lindvig.dk", "--start-over").out.startswith(link)
    assert apart("audit", "verify").status == 0
