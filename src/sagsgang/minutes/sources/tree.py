"""What the sources ask of lxml's trees, in types that its stubs do not give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree


def selected(path: etree.XPath, element: etree._Element) -> list[etree._Element]:
    """The elements that an XPath expression for elements finds."""
    return cast("list[etree._Element]", path(element))


def texts(element: etree._Element) -> Iterator[str]:
    """All texts in an element, in order."""
    return cast("Iterator[str]", element.itertext())


def empty(element: etree._Element) -> None:
    """Makes an element one that is never read.

    Removing it would join the texts around it, which takes quadratic time for many.
    """
    del element[:]
    element.text = None
    element.tag = "template"
