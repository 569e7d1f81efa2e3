"""What the reader's tests share: fictitious minutes as text, and what is read from them."""

from __future__ import annotations

from collections.abc import Sequence

from sagsgang.minutes import Finding, Item, Minutes, read_bytes

HEAD = """\
# REFERAT Beskæftigelsesudvalget d. 05-02-2025

**Mødedato:** Onsdag d. 5. februar 2025 kl. 15:00
**Mødested:** Lindvig Rådhus
**Mødedeltagere** Ida Holm (A), Bo Lind (V), Ea Krog (Ø)

"""

BODY = """
Resume

Forvaltningen har lavet en plan for indsatsen.

Indstilling

Direktøren indstiller, at planen godkendes.

Beslutning

Godkendt.

"""

TITLES = ("Godkendelse af dagsorden", "Plan for unge i Lindvig", "Eventuelt")


def read(text: str) -> Minutes:
    """The minutes in a text."""
    return read_bytes(text.encode())


def items(text: str) -> Sequence[Item]:
    return read(text).items


def numbers(text: str) -> list[str | None]:
    return [item.number for item in items(text)]


def titles(text: str) -> list[str | None]:
    return [item.title for item in items(text)]


def sections(text: str) -> list[tuple[str, str]]:
    """Label and kind of the only item's sections."""
    (item,) = items(text)
    return [(section.label, section.kind) for section in item.sections]


def findings(text: str, code: str) -> list[Finding]:
    return [finding for finding in read(text).findings if finding.code == code]
