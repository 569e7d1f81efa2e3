"""Marks the English pages of the documentation as English, for screen readers and translators.

The theme knows one language for the whole site, which is Danish.
"""

from __future__ import annotations

from typing import Any

ENGLISH = ("en/", "decisions/")


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """The page's HTML, with the language of its text in place of the theme's."""
    if page.file.src_uri.startswith(ENGLISH):
        return output.replace('<html lang="da"', '<html lang="en"', 1)
    return output
