"""Addresses outside the site that documents name: links only where a browser may follow them."""

from __future__ import annotations

import re
from typing import Final

_WEB: Final = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def outward(address: str) -> str:
    """The address where it is one on the web, otherwise `""`.

    A document may say `javascript:` as well as anything else.
    """
    return address if _WEB.fullmatch(address) else ""
