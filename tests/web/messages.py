"""The texts that the site shows, found in its templates and its code, and their catalogue.

`python -m tests.web.messages` brings the English catalogue up to date: new texts are added without
a translation, those that are gone are taken out, and the compiled catalogue is written again.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "src" / "sagsgang"
ROOMS = ("archive", "bodies", "cases", "meetings", "web")
CATALOGUE = PACKAGE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"

# Which of a call's arguments are the context, the text, and the text in the plural.
CALLS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
LITERAL = re.compile(r"""u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*\"""")
IN_TEMPLATE = re.compile(
    rf"\b(?P<call>_|n?p?gettext)\((?P<given>(?:{LITERAL.pattern})(?:, ?(?:{LITERAL.pattern}))*)"
)


class Message(NamedTuple):
    """A text in Danish: what `gettext` knows it by."""

    text: str
    plural: str = ""
    context: str | None = None


def messages() -> dict[Message, list[str]]:
    """All texts, each with the files that it stands in."""
    found: dict[Message, list[str]] = {}
    for room in ROOMS:
        for file in sorted((PACKAGE / room).rglob("*")):
            for message in _in_file(file):
                places = found.setdefault(message, [])
                name = file.relative_to(PROJECT).as_posix()
                if name not in places:
                    places.append(name)
    return found


def _in_file(file: Path) -> Iterator[Message]:
    if file.suffix == ".py":
        yield from _in_code(file.read_text("utf-8"))
    elif "templates" in file.parts and file.suffix in {".html", ".txt", ".xml"}:
        yield from _in_template(file.read_text("utf-8"))


def _in_code(code: str) -> Iterator[Message]:
    tree = ast.parse(code)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            call = CALLS.get(names.get(node.func.id, ""))
            if call:
                yield _message(call, node.args)


def _message(call: tuple[int | None, int, int | None], given: list[ast.expr]) -> Message:
    context, text, plural = (
        None if place is None else ast.literal_eval(given[place]) for place in call
    )
    return Message(text, plural or "", context)


def _in_template(source: str) -> Iterator[Message]:
    """What Django itself makes of the template for xgettext, read as Python."""
    from django.utils.translation.template import templatize

    for found in IN_TEMPLATE.finditer(templatize(source)):
        given = [
            ast.parse(literal, mode="eval").body for literal in LITERAL.findall(found["given"])
        ]
        yield _message(CALLS["gettext" if found["call"] == "_" else found["call"]], given)


def brought_up_to_date(catalogue: polib.POFile) -> polib.POFile:
    """The catalogue with exactly the texts that there are, and the translations it had."""
    had = {(one.msgid, one.msgid_plural, one.msgctxt): one for one in catalogue}
    fresh = polib.POFile(wrapwidth=98)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message, places in sorted(messages().items(), key=lambda pair: (pair[1], pair[0].text)):
        known = had.get((message.text, message.plural, message.context))
        fresh.append(
            polib.POEntry(
                msgid=message.text,
                msgid_plural=message.plural,
                msgctxt=message.context,
                msgstr=known.msgstr if known else "",
                msgstr_plural=(known.msgstr_plural if known else {0: "", 1: ""})
                if message.plural
                else {},
                occurrences=[(place, "") for place in places],
            )
        )
    return fresh


def untranslated(catalogue: polib.POFile) -> list[str]:
    """The texts that have no translation."""
    return [one.msgid for one in catalogue if not one.translated()]


def main() -> None:
    """Writes the catalogue and its compiled form; says what is left to translate."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    catalogue = brought_up_to_date(old)
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    left = untranslated(catalogue)
    sys.stdout.write("".join(f"{text}\n" for text in left))
    sys.stdout.write(f"{len(catalogue)} texts, {len(left)} to translate in {CATALOGUE}\n")


if __name__ == "__main__":
    main()
