"""From a stream of blocks to `Minutes`: the reader proper."""

from .assembly import read_blocks
from .vocabulary import Vocabulary, VocabularyError, builtin, extended

__all__ = ["Vocabulary", "VocabularyError", "builtin", "extended", "read_blocks"]
