"""How strands stand in addresses: `<strand:strand>`, or `<supplement:strand>` for some of them."""

from __future__ import annotations

from typing import Final

from django.urls import register_converter

from . import strands


class Strand:
    """`version` for agenda and minutes, `tillaeg`, `tillaeg-2` … for supplementary agendas."""

    regex: Final = strands.WORD

    def to_python(self, value: str) -> str:
        """The strand that the word stands for."""
        return strands.strand_at(value)

    def to_url(self, value: str) -> str:
        """The word that stands for the strand."""
        return strands.word_of(value)


class Supplement(Strand):
    """Only supplementary agendas."""

    regex: Final = strands.LATE_WORD


register_converter(Strand, "strand")
register_converter(Supplement, "supplement")
