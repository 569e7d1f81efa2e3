"""What the environment makes of the settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ASK = """
import json
from sagsgang.web import settings
names = {names!r}
print(json.dumps({{name: getattr(settings, name, None) for name in names}}, default=str))
"""


@pytest.fixture
def made(tmp_path: Path):
    """The settings that an environment gives, read in a process of their own."""

    def settings(*names: str, **environment: str) -> dict:
        given = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT / "src")}
        given |= {"SAGSGANG_DATA": str(tmp_path), **environment}
        command = [sys.executable, "-c", ASK.format(names=names)]
        said = subprocess.run(command, env=given, capture_output=True, text=True, check=True)
        return json.loads(said.stdout)

    return settings


def test_without_anything_said_the_site_answers_to_all_names(made) -> None:
    assert made("ALLOWED_HOSTS", "SECURE_HSTS_SECONDS") == {
        "ALLOWED_HOSTS": ["*"],
        "SECURE_HSTS_SECONDS": None,
    }


def test_an_address_is_the_name_that_the_site_answers_to(made) -> None:
    found = made("ALLOWED_HOSTS", SAGSGANG_ADDRESS="http://referater.example/")
    assert found["ALLOWED_HOSTS"] == ["referater.example", "localhost", "127.0.0.1"]


def test_a_secure_address_makes_browsers_keep_to_it(made) -> None:
    found = made(
        "SECURE_HSTS_SECONDS", "CSRF_COOKIE_SECURE", "SECURE_PROXY_SSL_HEADER",
        SAGSGANG_ADDRESS="https://referater.example",
    )  # fmt: skip
    assert found == {
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"],
    }


def test_the_secret_key_is_kept_in_the_data_folder(made) -> None:
    assert made("SECRET_KEY") == made("SECRET_KEY")


def test_failed_attempts_are_not_forgotten_when_many_are_counted(made) -> None:
    assert made("CACHES")["CACHES"]["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
