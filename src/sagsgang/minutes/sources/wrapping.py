"""What stands between two printed lines of one paragraph: a space, a hyphen, or nothing."""

from __future__ import annotations

from typing import Final

HYPHENS: Final = "-\u2010\xad"

# After a suspended hyphen: "Beskæftigelses- og Integrationsudvalget".
_JOINING: Final = frozenset(("og", "eller", "samt", "til"))
# Words that end in "til" as a part of their own.
_BEFORE_TIL: Final = frozenset(("der", "for", "hen", "her", "hvor", "ind", "op", "over"))
# What stands before a hyphen of its own: "it-systemer" is no "itsystemer".
_PREFIXES: Final = frozenset(("it", "pc", "tv"))
_FEW_CAPITALS: Final = 3


def seam(before: str, after: str) -> tuple[int, str]:
    """How many characters go from the end of `before`, and what then stands before `after`.

    A soft hyphen and U+2010 are put in by the program that breaks the line, so they go; a
    plain hyphen goes where it only parts a word, and stays in "børne-/og ungeudvalget",
    "e-/mail", "2024-/2025" and "Nord-/Vest".
    """
    if not before or not after:
        return 0, ""
    last = before[-1]
    if last not in HYPHENS:
        return 0, "" if last == "/" and before[-2:-1] not in (" ", "") else " "
    if last == "\xad" or (last == "\u2010" and after[0].islower()):
        return 1, ""
    return _plain_hyphen(before, after)


def _plain_hyphen(before: str, after: str) -> tuple[int, str]:
    left = before[-2:-1]
    if not left or left.isspace():
        return 0, " "
    if not after[0].islower():
        return (1, "") if _is_one_capital_word(before, after) else (0, "")
    word = _first_word(after)
    stem = _last_word(before)
    if word in _JOINING and not (word == "til" and stem.lower() in _BEFORE_TIL):
        return 0, " "
    if len(stem) < 2 or not left.islower() or stem.lower() in _PREFIXES:
        return 0, ""
    return 1, ""


def _is_one_capital_word(before: str, after: str) -> bool:
    """`BESKÆF-/TIGELSE` is one word; `ØU-/KB` is not."""
    left, right = _last_word(before), _first_word(after)
    return (
        len(left) > _FEW_CAPITALS
        and len(right) > _FEW_CAPITALS
        and left.isupper()
        and right.isupper()
    )


def _first_word(text: str) -> str:
    end = 0
    for character in text[:40]:
        if not character.isalpha():
            break
        end += 1
    return text[:end]


def _last_word(text: str) -> str:
    """The letters before the hyphen that ends `text`."""
    head = text[-41:-1]
    start = len(head)
    while start and head[start - 1].isalpha():
        start -= 1
    return head[start:]


def joined(lines: list[str]) -> str:
    """The lines of a paragraph or of a table's cell as one line."""
    if len(lines) == 1:
        return lines[0]
    text = lines[0]
    parts: list[str] = []
    for following in lines[1:]:
        if text and text[-1] not in "-\u2010\xad/":
            parts += (text, " ")
        else:
            dropped, between = seam(text, following)
            parts += (text[: len(text) - dropped], between)
        text = following
    parts.append(text)
    return "".join(parts)
