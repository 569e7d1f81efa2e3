"""Writers: `Minutes` as Markdown, HTML and JSON, each with the way back, and as PDF.

What is written reads back to equal minutes, whatever they hold; `read_own` knows the written
documents again among others. A PDF (`writers.pdf`, imported by those who want one) is read as any
other, and carries the JSON.
"""

from .html import to_html
from .html_reading import from_html
from .json import from_json, json_pieces, to_json
from .markdown import from_markdown, to_markdown
from .own import read_own

__all__ = [
    "from_html",
    "from_json",
    "from_markdown",
    "json_pieces",
    "read_own",
    "to_html",
    "to_json",
    "to_markdown",
]
