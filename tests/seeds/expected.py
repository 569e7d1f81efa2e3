"""What the reading of a real document must give: the fixtures (`000.toml` …) made whole.

A fixture holds no running text and no names: it points at lines of the document. `resolved`
looks them up and gives the contract's shape; `comparable` and its kin take away from a value
what the contract leaves open, and are applied to both sides; `differences` tells in few words
where two values part. The notation is explained at the end of `002.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

NUMBERS = ("000", "001", "002", "003", "004")

HEAD_ASPECTS = (
    "municipality",
    "committee",
    "term",
    "kind",
    "date",
    "start_time",
    "place",
    "members",
    "contents",
)
ITEM_ASPECTS = (
    "title",
    "case_number",
    "kle",
    "closed",
    "sections",
    "texts",
    "recommendation",
    "decisions",
    "votes",
    "statements",
    "referred_to_council_by",
    "absent",
    "participants",
    "decided_by",
    "routing",
    "related",
    "next_steps",
    "attachments",
    "author",
    "tables",
)

# Findings that a fixture's comment leaves free: (code, item). See the end of `003.toml`.
OPTIONAL_FINDINGS = {"003": {("page_missing", None)}}

# The only hyphens that line breaks left inside words (000), and the one word (001, line 442)
# that may have got its hyphen so or from its author.
RESIDUE = re.compile(r"borgerrådgi-ver")
DOUBTFUL_HYPHENS = {"001": {"indsats-forbedrende"}}

_LOWER = "a-zæøåéáüöä"
_INNER_HYPHEN = re.compile(rf"(?<=[{_LOWER}])-(?=[{_LOWER}])")
_HYPHENED = re.compile(rf"[{_LOWER}]+-[{_LOWER}]+")
_ESCAPE = re.compile(r"\\([^\w\s]|_)")
_BOLD_TAG = re.compile(r"</?b>")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+")
_POINT_MARK = re.compile(r"^(?:[-*•]|\d{1,3}[.)])\s+")
_AT = re.compile(r"^at\s+")
_POINT_END = re.compile(r"(?:[\s.,]|(?<=[\s.,])og(?=[\s.,]|$))+$")

_STATES = {"true": True, "false": False, "null": None}


def fixture(number: str) -> dict[str, Any]:
    """The fixture of the document with this number, as written."""
    return tomllib.loads(Path(__file__).with_name(f"{number}.toml").read_text("utf-8"))


def printed(text: str) -> str:
    """Text without Markdown's marks, escapes and soft hyphens, with its line breaks."""
    lines = [
        _HEADING_MARK.sub("", line.strip())
        for line in unicodedata.normalize("NFC", text).splitlines()
        if not _TABLE_RULE.fullmatch(line.strip())
    ]
    text = _BOLD_TAG.sub("", "\n".join(lines)).replace("\N{SOFT HYPHEN}", "").replace("*", "")
    return _ESCAPE.sub(r"\1", text)


def comparable(value: Any) -> Any:
    """`value` as far as its texts matter: white space, emphasis and inner hyphens do not.

    List markers do matter; the bars of a Markdown table count as the white space between cells.
    """
    if isinstance(value, str):
        return _INNER_HYPHEN.sub("", " ".join(printed(value).replace("|", " ").split()))
    if isinstance(value, list):
        return [comparable(one) for one in value]
    if isinstance(value, dict):
        return {key: comparable(one) for key, one in value.items()}
    return value


def comparable_aspect(aspect: str, value: Any) -> Any:
    """`comparable`, with what the contract leaves open in this aspect of an item."""
    if value is None:
        return None
    if aspect == "recommendation":
        points = [comparable_point(point) for point in value["points"]]
        return {"by": comparable(value["by"]), "points": points}
    if aspect == "decisions":
        return [_with_paragraphs(decision) for decision in value]
    if aspect in ("absent", "referred_to_council_by"):
        return [_name(one) for one in comparable(value)]
    if aspect in ("votes", "statements", "members", "participants"):
        return [_with_folded_names(one) for one in comparable(value)]
    return comparable(value)


def comparable_point(point: str) -> str:
    """A point without the final `.`, `,` and `og` that do not matter."""
    return _POINT_END.sub("", comparable(point))


def _with_paragraphs(decision: dict[str, Any]) -> dict[str, Any]:
    paragraphs = [comparable(one) for one in re.split(r"\n\s*\n", decision["text"])]
    return {**comparable(decision), "text": paragraphs}


def _with_folded_names(value: dict[str, Any]) -> dict[str, Any]:
    persons = {key: value[key] for key in ("name", "voters", "by") if key in value}
    return {**value, **{key: _name(one) for key, one in persons.items()}}


def _name(value: Any) -> Any:
    """A person's name, or names, whatever the case of their letters."""
    if isinstance(value, list):
        return [_name(one) for one in value]
    return value.casefold() if value else value


def hyphened_words(text: str) -> set[str]:
    """The words of `text` with a hyphen between two small letters."""
    return set(_HYPHENED.findall(printed(text).lower()))


class Resolver:
    """A fixture's references, looked up in its document."""

    def __init__(self, document: str) -> None:
        self.lines = document.splitlines()

    def head(self, head: dict[str, Any]) -> dict[str, Any]:
        """The head in the contract's shape: the keys of `HEAD_ASPECTS`."""
        plain = {key: head[key] or None for key in HEAD_ASPECTS[:7]}
        members = [
            {
                "name": self.person(member["person"]),
                "party": member["party"] or None,
                "present": _STATES[member["present"]],
            }
            for member in head["members"]
        ]
        contents = [{**entry, "title": entry["title"] or None} for entry in head["contents"]]
        return {**plain, "members": members, "contents": contents}

    def item(self, item: dict[str, Any]) -> dict[str, Any]:
        """An item in the contract's shape."""
        plain = ("number", "title", "case_number", "kle", "decided_by", "author")
        persons = ("absent", "referred_to_council_by")
        dated = ("related", "next_steps")
        return {
            **{key: item[key] or None for key in plain},
            **{key: [self.person(one) for one in item[key]] for key in persons},
            **{key: [_nulled(one) for one in item[key]] for key in dated},
            "closed": item["closed"],
            "attachments": item["attachments"],
            "sections": [self.section(one) for one in item["sections"]],
            "recommendation": self.recommendation(item.get("recommendation")),
            "decisions": [self.decision(one) for one in item["decisions"]],
            "votes": [self.vote(one) for one in item["votes"]],
            "statements": [self.statement(one) for one in item["statements"]],
            "participants": [
                {"name": self.person(one["person"]) or None, "role": one["role"] or None}
                for one in item["participants"]
            ],
            "routing": [{**one, "marked": _STATES[one["marked"]]} for one in item["routing"]],
            "tables": [self.table(one) for one in item["tables"]],
        }

    def section(self, section: dict[str, Any]) -> dict[str, Any]:
        """A section; `"54:label"` is what line 54 prints after the label."""
        lines, _, after = section["lines"].partition(":")
        text = self.text(lines)
        if after:
            text = printed(text).strip()
            label = section["label"]
            _expect(text.startswith(label), f"line {lines} does not begin with the label {label!r}")
            text = text.removeprefix(label).lstrip(": ")
        return {"label": section["label"], "kind": section["kind"], "text": text}

    def recommendation(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        """A recommendation, its points without their marker and leading "at"."""
        if value is None:
            return None
        points = [_POINT_MARK.sub("", self.part(point), count=1) for point in value["points"]]
        return {"by": value["by"] or None, "points": [_AT.sub("", one, count=1) for one in points]}

    def decision(self, value: dict[str, Any]) -> dict[str, Any]:
        """A decision with its text."""
        return {
            "committee": value["committee"] or None,
            "date": value["date"] or None,
            "text": self.text(value["lines"]),
            "outcome": value["outcome"] or None,
        }

    def vote(self, value: dict[str, Any]) -> dict[str, Any]:
        """A vote with the names of its voters."""
        return {"choice": value["choice"], "voters": [self.person(one) for one in value["voters"]]}

    def statement(self, value: dict[str, Any]) -> dict[str, Any]:
        """A statement: whole lines, or what one line prints from `starts` to `ends`."""
        text = self.part(value) if "line" in value else self.text(value["lines"])
        return {"by": [self.person(one) for one in value["by"]], "text": text or None}

    def table(self, value: dict[str, Any]) -> dict[str, Any]:
        """A table; a cell is text, or the cell of that number, from 1, of a tab-separated line."""
        rows = [
            [
                one if isinstance(one, str) else self.text(one["line"]).split("\t")[one["cell"] - 1]
                for one in row
            ]
            for row in value["rows"]
        ]
        return {"caption": value["caption"] or None, "rows": rows}

    def text(self, lines: str) -> str:
        """The text of line `"26"` or lines `"26-28"`, counted from 1; `""` is the empty text."""
        if not lines:
            return ""
        first, _, last = lines.partition("-")
        found = self.lines[int(first) - 1 : int(last or first)]
        _expect(bool(found) and bool(found[0].strip()), f"line {first} of the document is empty")
        _expect(bool(found[-1].strip()), f"line {last or first} of the document is empty")
        return "\n".join(found)

    def part(self, value: str | dict[str, str]) -> str:
        """A line, or what stands on it from `starts` to `ends`, both included."""
        if isinstance(value, str):
            return self.text(value)
        line = self.text(value["line"])
        start, end = line.find(value["starts"]), line.rfind(value["ends"])
        _expect(0 <= start <= end, f"line {value['line']} does not print the quoted part")
        return line[start : end + len(value["ends"])]

    def person(self, reference: str) -> str:
        """`"AB@12"`: the name with these initials on line 12; `"party:X"` is X; `""` is nobody."""
        if not reference or reference.startswith("party:"):
            return reference.removeprefix("party:")
        initials, _, lines = reference.partition("@")
        words = " ".join(printed(self.text(lines)).split()).split(" ")
        names = {name for name in _runs(words, len(initials)) if _initials(name) == initials}
        _expect(len(names) == 1, f"{reference} stands for {len(names)} names")
        return " ".join(names.pop())


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    """The runs of `length` words of the line that no comma or bracket parts."""
    runs = set()
    for start in range(len(words) - length + 1):
        run = words[start : start + length]
        if not any(word[-1] in ",;:)" for word in run[:-1]) and run[0][0] != "(":
            runs.add((*run[:-1], run[-1].rstrip(".,;:)")))
    return runs


def _initials(name: tuple[str, ...]) -> str:
    return "".join(word[:1] for word in name)


def _nulled(value: dict[str, str]) -> dict[str, str | None]:
    return {key: one or None for key, one in value.items()}


def _expect(holds: bool, message: str) -> None:
    """The fixture, not the reader, is wrong where this does not hold."""
    if not holds:
        raise LookupError(f"the fixture does not fit the document: {message}")


def differences(expected: Any, got: Any, path: str = "") -> list[str]:
    """Where `got` parts from `expected`, one short line each; empty where they are equal."""
    if isinstance(expected, dict) and isinstance(got, dict):
        lines = _missing_and_extra(list(expected), list(got), path)
        for key in expected.keys() & got.keys():
            lines += differences(expected[key], got[key], f"{path}.{key}".lstrip("."))
        return sorted(lines)
    if isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            counted = f"{path or 'list'}: expected {len(expected)}, got {len(got)}"
            return [counted, *_missing_and_extra(expected, got, path)]
        pairs = enumerate(zip(expected, got, strict=True))
        return [line for at, pair in pairs for line in differences(*pair, f"{path}[{at}]")]
    if expected == got and type(expected) is type(got):
        return []
    here = f"{path}: " if path else ""
    return [f"{here}expected {_shown(expected, got)}, got {_shown(got, expected)}"]


def _missing_and_extra(expected: list[Any], got: list[Any], path: str) -> list[str]:
    here = f"{path}: " if path else ""
    return [
        *(f"{here}missing {_shown(one)}" for one in expected if one not in got),
        *(f"{here}too many {_shown(one)}" for one in got if one not in expected),
    ]


def _shown(value: Any, other: Any = None) -> str:
    """A value, shortened; of a long text the part where it leaves `other`."""
    if isinstance(value, str) and isinstance(other, str) and len(value) > 80:
        start = max(_shared(value, other) - 20, 0)
        return f"{'…' * bool(start)}{value[start : start + 80]!r} (of {len(value)} characters)"
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:159]}…"


def _shared(one: str, other: str) -> int:
    """How many characters the two have in common from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))
