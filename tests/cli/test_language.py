"""The program speaks Danish, and English to those whose locale is English."""

from __future__ import annotations

import pytest

from sagsgang.cli.language import of_locale, say, speak, spoken


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "da"),
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "da"),
        ({"LANG": "fr_FR.UTF-8"}, "da"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "da_DK.UTF-8"}, "en"),
        ({"LC_ALL": "da_DK.UTF-8", "LANG": "en_GB.UTF-8"}, "da"),
        ({"LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_IE", "LANG": "da_DK"}, "en"),
        ({"LANGUAGE": "nb:en", "LANG": "da_DK"}, "en"),
        ({"LANGUAGE": "da:en", "LANG": "en_GB"}, "da"),
    ],
)
def test_the_first_variable_that_names_a_language_decides(
    environment: dict[str, str], language: str
) -> None:
    assert of_locale(environment) == language


def test_a_chosen_language_goes_before_the_locale() -> None:
    assert (spoken(), say("ja", "yes")) == ("da", "ja")
    speak("en")
    assert (spoken(), say("ja", "yes")) == ("en", "yes")
    speak(None)
    assert spoken() == "da"
