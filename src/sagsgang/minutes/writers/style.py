"""How a municipality prints its minutes: a style, read from a TOML table in `styles`.

A style says only what it does otherwise than `styles/standard.toml`, which holds every key and
tells what each is for. A municipality can have a file of its own in the same shape.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, get_args

from ..model import SectionKind

Texts = tuple[str, ...]

_STANDARD: Final = "standard"
_FIELD: Final = re.compile(r"\{(\w*)\}")
_HEAD: Final = frozenset(
    ("kind", "KIND", "municipality", "committee", "term", "weekday", "date", "padded_date")
) | {"short_date", "time", "place"}
_FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "head": _HEAD,
    "members": frozenset(("name", "party")),
    "items": frozenset(("number", "title", "case_number")),
    "sections": frozenset(("committee", "short_date", "date", "by")),
    "absence": frozenset(("names",)),
    "votes": frozenset(("names", "body", "choice", "text", "council")),
    "conflict": frozenset(("body", "name", "ground", "substitute")),
    "settled": frozenset(("body",)),
    "author": frozenset(("author",)),
}
_CHOICES: Final[Mapping[str, Texts]] = {
    "members.form": ("list", "line"),
    "items.case_number_at": ("top", "end"),
    "absence.at": ("section", "decision", "head"),
    "votes.at": ("after", "before"),
    "votes.by": ("persons", "groups"),
    "settled.section": ("", *get_args(SectionKind)),
    "author.section": ("", *get_args(SectionKind)),
    "sections.order": get_args(SectionKind),
}
_BY_KIND: Final = ("sections.labels", "sections.added")
_BY_NAME: Final = ("items.before_titles", "votes.groups")
_OPEN: Final = (*_BY_KIND, *_BY_NAME)
"""Tables whose keys are the style's own."""


class StyleError(ValueError):
    """A style's file is wrong; the message says where and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """A printed manner; the keys are those of `styles/standard.toml`, as `table.key`."""

    name: str
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A text of the style."""
        return str(self.values[key])

    def texts(self, key: str) -> Texts:
        """A list of texts."""
        return tuple(self.values[key])

    def rows(self, key: str) -> tuple[Texts, ...]:
        """A list of lists of texts."""
        return tuple(map(tuple, self.values[key]))

    def labels(self, kind: SectionKind) -> Texts:
        """The headings that a section of a kind may have; the first is the one to print."""
        return tuple(self.values["sections.labels"].get(kind, ()))

    def added_label(self, kind: SectionKind) -> Texts:
        """The heading of a section that is added to an item: the kind's own, or the common one."""
        return self.labels(kind) or tuple(self.values["sections.added"].get(kind, ()))

    def group(self, letter: str) -> str:
        """What a group is called, by its letter; the letter where the style does not know it."""
        return str(self.values["votes.groups"].get(letter, letter))

    def kept(self) -> dict[str, Any]:
        """What is kept of it: JSON values that `of` makes it of again."""
        return {"name": self.name, "values": dict(self.values)}

    def before_titles(self, committee: str | None) -> str:
        """The word that a body puts before its items' titles, or `""`."""
        return str(self.values["items.before_titles"].get(committee, ""))


def filled(text: str, fields: Mapping[str, str | None]) -> str:
    """`text` with its fields filled in; `""` where it has fields and none of them has a value."""
    names = _FIELD.findall(text)
    if names and not any(fields.get(name) for name in names):
        return ""
    return " ".join(_FIELD.sub(lambda match: fields.get(match[1]) or "", text).split())


def parts(texts: Iterable[str], fields: Mapping[str, str | None], between: str = " ") -> str:
    """Those of the texts whose fields all have values, put together."""
    return between.join(filter(None, (filled(text, fields) for text in texts)))


@cache
def names() -> Texts:
    """The names of the styles that ship with the program, the standard one first."""
    found = sorted(one.name.removesuffix(".toml") for one in _folder().iterdir())
    return (_STANDARD, *(name for name in found if name != _STANDARD))


@cache
def named(name: str) -> Style:
    """The style that ships with the program under a name.

    Raises:
        StyleError: there is none of that name.
    """
    if name not in names():
        raise StyleError(
            f"Der er ingen stil ved navn »{name}«. Vælg en af {', '.join(names())}, eller nævn "
            "en fil (TOML)."
        )
    return _style(name, _folder().joinpath(f"{name}.toml").read_text("utf-8"))


def standard() -> Style:
    """The standard manner."""
    return named(_STANDARD)


def of(kept: Mapping[str, Any]) -> Style:
    """The style that was kept; what no style said then is as the standard one has it."""
    return Style(kept["name"], {**_shape(), **kept["values"]})


def of_municipality(name: str | None) -> Style:
    """The manner of a municipality; the standard one where it has none of its own."""
    styles = (named(one) for one in names())
    own = (style for style in styles if name and style.text("municipality.name") == name)
    return next(own, standard())


def loaded(path: Path) -> Style:
    """The style in a municipality's own file.

    Raises:
        StyleError: the file cannot be read or is not in shape; the message says where.
    """
    try:
        return _style(path.name, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise StyleError(f"Stilen {path} kan ikke læses: {error}. Ret filen, og prøv igen.") from (
            error
        )


def _folder() -> Any:
    return resources.files(__package__).joinpath("styles")


@cache
def _shape() -> Mapping[str, Any]:
    text = _folder().joinpath(f"{_STANDARD}.toml").read_text("utf-8")
    return _flat(tomllib.loads(text))


def _flat(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables' values by `table.key`; an open table is a value itself."""
    values: dict[str, Any] = {}
    for table, keys in tables.items():
        for key, value in keys.items() if isinstance(keys, dict) else [("", keys)]:
            values[f"{table}.{key}" if key else table] = value
    return values


def _style(name: str, text: str) -> Style:
    try:
        own = _flat(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise StyleError(f"Stilen {name} er ikke gyldig TOML: {error}. Ret filen.") from error
    for key, value in own.items():
        _check(name, key, value)
    return Style(name.removesuffix(".toml"), {**_shape(), **own, **_added(own)})


def _added(own: Mapping[str, Any]) -> dict[str, Any]:
    """The headings of what is added, and the groups: the style's own beside the common ones."""
    keys = ("sections.added", "votes.groups")
    return {key: {**_shape()[key], **own.get(key, {})} for key in keys}


def _check(file: str, key: str, value: Any) -> None:
    """Raises StyleError where a value is not in the shape that the standard style has it in."""
    shape = _shape().get(key)
    if shape is None:
        raise StyleError(
            f"»{key}« i stilen {file} kendes ikke. Se efter, om navnet er stavet rigtigt; "
            "standard.toml har alle navne."
        )
    if key in _OPEN:
        _check_open(file, key, value)
    elif not _is_like(value, shape):
        raise StyleError(f"»{key}« i stilen {file} skal være {_told(shape)}.")
    _check_choice(file, key, value)
    _check_fields(file, key, value)


def _check_open(file: str, key: str, value: Any) -> None:
    shape: Any = "" if key in _BY_NAME else [""]
    if not isinstance(value, dict):
        raise StyleError(f"»{key}« i stilen {file} skal være en tabel: [{key}].")
    for name, one in value.items():
        if key in _BY_KIND and name not in get_args(SectionKind):
            raise StyleError(
                f"Afsnit af typen »{name}« i [{key}] i stilen {file} kendes ikke. Typerne er "
                f"{', '.join(get_args(SectionKind))}."
            )
        if not _is_like(one, shape) or not one:
            raise StyleError(f"»{name}« i [{key}] i stilen {file} skal være {_told(shape)}.")


def _check_choice(file: str, key: str, value: Any) -> None:
    choices = _CHOICES.get(key)
    if choices is None:
        return
    for one in value if isinstance(value, list) else [value]:
        if one not in choices:
            raise StyleError(
                f"»{key}« i stilen {file} har »{one}«. Den kan være "
                f"{', '.join(choice for choice in choices if choice)}."
            )


def _check_fields(file: str, key: str, value: Any) -> None:
    known = _FIELDS.get(key.partition(".")[0], frozenset())
    for text in _texts_in(value):
        for field in _FIELD.findall(text):
            if field not in known:
                raise StyleError(
                    f"Feltet {{{field}}} i »{key}« i stilen {file} kendes ikke. Her kan stå "
                    f"{', '.join(f'{{{name}}}' for name in sorted(known)) or 'ingen felter'}."
                )


def demand_labels(*labels: str) -> None:
    """Nothing, where the fields of sections' labels are known.

    Raises:
        StyleError: one is not; the message says which there are.
    """
    _check_fields("skabelonen", "sections.labels", list(labels))


def _texts_in(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(one)


def _is_like(value: Any, shape: Any) -> bool:
    if isinstance(shape, list) and isinstance(value, list):
        return all(_is_like(one, shape[0] if shape else "") for one in value)
    return isinstance(shape, str) and isinstance(value, str)


def _told(shape: Any) -> str:
    if isinstance(shape, str):
        return "en tekst"
    of_lists = bool(shape) and isinstance(shape[0], list)
    return "en liste af lister af tekster" if of_lists else "en liste af tekster"
