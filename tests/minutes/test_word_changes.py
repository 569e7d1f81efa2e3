"""What was deleted and inserted between two texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sagsgang.minutes.word_changes import Stretch, word_changes

TEXTS = st.text(alphabet="ab \n.æ", max_size=60)


def told(old: str, new: str) -> list[str]:
    marks = {"same": "{}", "deleted": "[-{}]", "inserted": "[+{}]"}
    return [marks[kind].format(text) for kind, text in word_changes(old, new)]


@given(TEXTS, TEXTS)
def test_both_texts_are_there_whole(old: str, new: str) -> None:
    stretches = word_changes(old, new)
    assert "".join(text for kind, text in stretches if kind != "inserted") == old
    assert "".join(text for kind, text in stretches if kind != "deleted") == new


@given(TEXTS)
def test_the_same_text_has_no_changes(text: str) -> None:
    assert word_changes(text, text) == ((Stretch("same", text),) if text else ())


def test_a_figure_is_changed_as_a_whole() -> None:
    assert told("Der bevilges 210.000 kr. i 2025", "Der bevilges 240.000 kr. i 2025") == [
        "Der bevilges ",
        "[-210.000]",
        "[+240.000]",
        " kr. i 2025",
    ]


def test_small_words_between_two_changes_are_part_of_the_change() -> None:
    old = "Udvalget godkender en ramme på ti og en pulje på to i det kommende år."
    new = "Udvalget godkender en ramme på elleve og tre puljer på to i det kommende år."
    assert told(old, new)[1:3] == ["[-ti og en pulje]", "[+elleve og tre puljer]"]


def test_a_paragraph_written_anew_is_not_compared_word_for_word() -> None:
    old = "Forvaltningen foreslår, at puljen lukkes.\n\nSagen afgøres i byrådet."
    new = "I 2026 kom der færre ansøgninger end før.\n\nSagen afgøres i byrådet."
    assert told(old, new) == [
        "[-Forvaltningen foreslår, at puljen lukkes.\n\n]",
        "[+I 2026 kom der færre ansøgninger end før.\n\n]",
        "Sagen afgøres i byrådet.",
    ]


def test_a_new_paragraph_leaves_the_others_as_they_were() -> None:
    assert told("Et.\n\nTre.", "Et.\n\nTo er ny.\n\nTre.") == [
        "Et.\n\n",
        "[+To er ny.\n\n]",
        "Tre.",
    ]


def test_a_very_long_paragraph_is_replaced_as_a_whole() -> None:
    old = "ord " * 9000
    assert told(old, old + "mere") == [f"[-{old}]", f"[+{old}mere]"]
