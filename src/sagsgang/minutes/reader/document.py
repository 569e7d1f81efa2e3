"""A document on its way to `Minutes`: its blocks, its labels, and the vocabulary it is read by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ..blocks import HEADING, ITEM, PAGE, TEXT, Block
from .labels import Label
from .vocabulary import Vocabulary, key

_LONGEST_NOISE: Final = 60


class Document(NamedTuple):
    """Blocks in reading order, and the labels among them by the index of their block."""

    blocks: Sequence[Block]
    labels: Mapping[int, Label]
    vocabulary: Vocabulary

    def has_fixed_label(self, place: int) -> bool:
        """Whether the block is a heading that opens a section in every document."""
        label = self.labels.get(place)
        return label is not None and label.fixed

    def doubles(self, place: int) -> bool:
        """Whether the label at `place` only goes on the one just above: `Beslutning`, and whose."""
        label, above = self.labels[place], self.labels.get(place - 1)
        return above is not None and above.kind == label.kind and above.fixed and not above.rest

    def after_pages(self, place: int) -> int:
        """The first block at or after `place` that is no page break."""
        blocks = self.blocks
        while place < len(blocks) and blocks[place].kind == PAGE:
            place += 1
        return place

    def is_noise(self, place: int) -> bool:
        """Whether the block is a line of the publishing system, such as a button."""
        block = self.blocks[place]
        text = block.text
        if block.kind not in (TEXT, HEADING, ITEM):
            return False
        if len(text) <= _LONGEST_NOISE and key(text) in self.vocabulary.noise:
            return True
        return text.startswith(self.vocabulary.noise_starts)
