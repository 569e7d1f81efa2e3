"""What a Word file says about paragraphs by reference: styles, and numbers of lists.

A paragraph's number or bullet is not in its text; it follows from definitions and from the
paragraphs before it. Here it is counted as Word prints it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lxml import etree

from .docx_package import W
from .list_marks import ordinal

_HEADING = re.compile(r"(?:heading|overskrift)\s?([1-9])")
_LIST_STYLE = re.compile(r"list (?:bullet|number|continue) ([2-5])")
_TITLES: Final = ("title", "titel")
_CONTENTS_HEADINGS: Final = ("toc heading", "indholdsfortegnelse")
_FORMS: Final = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_PLACE = re.compile(r"%([1-9])")
_LIST_MARKER = re.compile(r"\(?(?:[a-zA-Z]{1,6}|\d[\da-zA-Z.]{0,11})[.)]?")
_OFF: Final = ("0", "false", "off", "none")
_LONGEST_CHAIN: Final = 20


class Style(NamedTuple):
    """A style's own settings; `None` where it says nothing."""

    name: str
    based_on: str
    outline: int | None
    bold: bool | None
    italic: bool | None
    number: str | None
    depth: int | None
    leader: bool


class Level(NamedTuple):
    """A level of a list: how its numbers look, and where they begin."""

    form: str
    text: str
    start: int


_PLAIN: Final = Style("", "", None, None, None, None, None, False)


def is_on(element: etree._Element | None) -> bool | None:
    """A toggle's value: on, off, or `None` where it is not set."""
    if element is None:
        return None
    return (element.get(f"{W}val") or "1").lower() not in _OFF


class Styles:
    """The styles of a document, looked up along what they are based on."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        for style in root.iterchildren(f"{W}style") if root is not None else ():
            self._styles[style.get(f"{W}styleId") or ""] = _style(style)
        self._levels: dict[str, int] = {}

    def heading_level(self, style_id: str) -> int:
        """The heading level of a paragraph style, or 0; a document's title has level 1."""
        level = self._levels.get(style_id)
        if level is None:
            level = self._levels[style_id] = self._heading_level(style_id)
        return level

    def _heading_level(self, style_id: str) -> int:
        for style in self._chain(style_id):
            if style.name in _TITLES:
                return 1
            if style.name in _CONTENTS_HEADINGS:
                return 2
            named = _HEADING.fullmatch(style.name)
            if named:
                return int(named[1])
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else 0
        return 0

    def is_contents_line(self, style_id: str) -> bool:
        """Whether the style is one of a table of contents, by its name or by its leaders."""
        return any(style.leader or style.name.startswith("toc ") for style in self._chain(style_id))

    def is_bold(self, style_id: str) -> bool:
        """Whether text in the style is bold."""
        return bool(next((s.bold for s in self._chain(style_id) if s.bold is not None), False))

    def is_italic(self, style_id: str) -> bool:
        """Whether text in the style is in italics."""
        return bool(next((s.italic for s in self._chain(style_id) if s.italic is not None), False))

    def numbering(self, style_id: str) -> tuple[str, int]:
        """The list and depth that the style puts its paragraphs in; `""` for none."""
        number, depth = None, None
        for style in self._chain(style_id):
            number = style.number if number is None else number
            depth = style.depth if depth is None else depth
        return number or "", depth or 0

    def indent(self, style_id: str) -> int:
        """How deep a list style stands by its name: `List Bullet 2` has depth 1."""
        for style in self._chain(style_id):
            named = _LIST_STYLE.fullmatch(style.name)
            if named:
                return int(named[1]) - 1
        return 0

    def _chain(self, style_id: str) -> list[Style]:
        chain: list[Style] = []
        while style_id and len(chain) < _LONGEST_CHAIN:
            style = self._styles.get(style_id, _PLAIN)
            chain.append(style)
            style_id = style.based_on
        return chain


def _style(element: etree._Element) -> Style:
    name = element.find(f"{W}name")
    based_on = element.find(f"{W}basedOn")
    outline = element.find(f"{W}pPr/{W}outlineLvl")
    number = element.find(f"{W}pPr/{W}numPr/{W}numId")
    depth = element.find(f"{W}pPr/{W}numPr/{W}ilvl")
    return Style(
        value_of(name).lower(),
        value_of(based_on),
        None if outline is None else whole(outline, 9),
        is_on(element.find(f"{W}rPr/{W}b")),
        is_on(element.find(f"{W}rPr/{W}i")),
        None if number is None else value_of(number),
        None if depth is None else whole(depth, 0),
        has_leader(element.find(f"{W}pPr")),
    )


def has_leader(properties: etree._Element | None) -> bool:
    """Whether a tab stop of a paragraph or a style fills its space with dots or a line."""
    tabs = properties.findall(f"{W}tabs/{W}tab") if properties is not None else []
    return any((tab.get(f"{W}leader") or "none") != "none" for tab in tabs)


def value_of(element: etree._Element | None) -> str:
    """An element's `val`, or `""`."""
    return (element.get(f"{W}val") or "") if element is not None else ""


def whole(element: etree._Element | None, default: int) -> int:
    """An element's `val` as a number from 0 to 99,999, or `default`."""
    text = value_of(element)
    return int(text) if len(text) < 6 and text.isdecimal() else default


class Numbering:
    """The lists of a document, counting as its paragraphs come."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        """Which definition each list follows."""
        self._starts: dict[str, dict[int, int]] = {}
        """Where a list begins anew."""
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is not None:
            self._define(root)

    def _define(self, root: etree._Element) -> None:
        styled: dict[str, str] = {}
        linked: dict[str, str] = {}
        for definition in root.iterchildren(f"{W}abstractNum"):
            key = definition.get(f"{W}abstractNumId") or ""
            self._levels[key] = _levels(definition)
            styled[value_of(definition.find(f"{W}styleLink"))] = key
            linked[key] = value_of(definition.find(f"{W}numStyleLink"))
        for key, style in linked.items():
            if style and style in styled:
                self._levels[key] = self._levels[styled[style]]
        for each in root.iterchildren(f"{W}num"):
            self._define_list(each)

    def _define_list(self, element: etree._Element) -> None:
        key = element.get(f"{W}numId") or ""
        definition = value_of(element.find(f"{W}abstractNumId"))
        starts: dict[int, int] = {}
        own: dict[int, Level] = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            depth = _depth(override)
            start = override.find(f"{W}startOverride")
            if start is not None:
                starts[depth] = whole(start, 1)
            own.update(_levels(override))
        if own:
            self._levels[f"list {key}"] = {**self._levels.get(definition, {}), **own}
            definition = f"list {key}"
        self._lists[key] = definition
        self._starts[key] = starts

    def marker(self, number: str, depth: int) -> str:
        """The next marker of list `number` at `depth` as printed; `""` where there is none."""
        definition = self._lists.get(number)
        levels = self._levels.get(definition or "", {})
        level = levels.get(depth)
        if definition is None or level is None:
            return ""
        counts = self._counts.setdefault(definition, {})
        if number not in self._begun:
            self._begun.add(number)
            for each, start in self._starts[number].items():
                counts[each] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "-"
        return _PLACE.sub(lambda place: _printed(int(place[1]) - 1, levels, counts), level.text)


def _printed(depth: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    level = levels.get(depth)
    if level is None or level.form == "none":
        return ""
    count = counts.setdefault(depth, level.start)
    return f"{count:02}" if level.form == "decimalZero" else ordinal(count, level.form)


def _levels(definition: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in definition.iterchildren(f"{W}lvl"):
        form = value_of(level.find(f"{W}numFmt")) or "decimal"
        levels[_depth(level)] = Level(
            form if form in ("bullet", "none", "decimalZero") else _FORMS.get(form, "1"),
            value_of(level.find(f"{W}lvlText"))[:40],
            whole(level.find(f"{W}start"), 1),
        )
    return levels


def _depth(element: etree._Element) -> int:
    text = element.get(f"{W}ilvl") or ""
    return int(text) if text.isdecimal() and len(text) == 1 else 0


def is_list_marker(marker: str) -> bool:
    """Whether a marker is one of a list, not words that number a heading ("Punkt 3:")."""
    return marker == "-" or _LIST_MARKER.fullmatch(marker) is not None
