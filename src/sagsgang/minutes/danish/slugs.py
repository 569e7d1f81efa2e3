"""Names as they stand in addresses: readable aloud over the telephone."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_DANISH: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ð": "d", "þ": "th", "ß": "ss"})
_OTHERS: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 100


@lru_cache(maxsize=5000)
def slug_of(name: str) -> str:
    """A name in small letters, digits and hyphens; `""` where nothing of it can be said so.

    >>> slug_of("Beskæftigelses- og Integrationsudvalget")
    'beskaeftigelses-og-integrationsudvalget'
    """
    plain = unicodedata.normalize("NFKC", name).lower().translate(_DANISH)
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    slug = _OTHERS.sub("-", letters).strip("-")
    return slug[:_LONGEST].rstrip("-")
