"""Pictures that a document names: an attachment's title is also a paragraph of the text.

The document itself holds words alone. Whoever writes it may be given the pictures, each by the
title of its attachment, and puts each where its title stands as a paragraph.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Final

NO_PICTURES: Final[Mapping[str, bytes]] = {}
_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
)


def form_of(data: bytes) -> str | None:
    """`png`, `jpeg` or `gif`, as the picture's bytes tell; `None` for what is none of them."""
    return next((form for beginning, form in _BEGINNINGS if data.startswith(beginning)), None)


def data_address(data: bytes) -> str:
    """The picture as an address that holds it all."""
    return f"data:image/{form_of(data) or 'png'};base64,{base64.b64encode(data).decode('ascii')}"
