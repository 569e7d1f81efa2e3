"""JSON Schemas of OParl 1.1, written from the specification: what is mandatory, and every type.

A vendor's own properties are those with a prefix; any other name that the standard does not have
is a mistake.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator

SCHEMA: Final = "https://schema.oparl.org/1.1/"

TEXT: Final = {"type": "string", "minLength": 1}
URL: Final = {"type": "string", "pattern": "^https?://[^ ]+$"}
URLS: Final = {"type": "array", "items": URL}
YES_OR_NO: Final = {"type": "boolean"}
NUMBER: Final = {"type": "integer"}
DAY: Final = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}
MOMENT: Final = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}
TEXTS: Final = {"type": "array", "items": TEXT}


def of(kind: str) -> dict[str, Any]:
    """An object of this type, embedded."""
    return {"$ref": f"#/$defs/{kind}"}


def several(kind: str) -> dict[str, Any]:
    return {"type": "array", "items": of(kind)}


_COMMON: Final = {
    "id": URL, "license": URL, "keyword": TEXTS, "created": MOMENT, "modified": MOMENT, "web": URL,
    "deleted": YES_OR_NO,
}  # fmt: skip

_KINDS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "System": (
        "oparlVersion body",
        {
            "oparlVersion": {"const": SCHEMA}, "otherOparlVersions": URLS, "body": URL,
            "name": TEXT, "contactEmail": TEXT, "contactName": TEXT, "website": URL,
            "vendor": URL, "product": URL,
        },
    ),
    "Body": (
        "name organization person meeting paper legislativeTerm",
        {
            "system": URL, "shortName": TEXT, "name": TEXT, "website": URL,
            "licenseValidSince": MOMENT, "oparlSince": MOMENT, "ags": TEXT, "rgs": TEXT,
            "equivalent": URLS, "contactEmail": TEXT, "contactName": TEXT, "organization": URL,
            "person": URL, "meeting": URL, "paper": URL,
            "legislativeTerm": several("LegislativeTerm"), "agendaItem": URL, "consultation": URL,
            "file": URL, "locationList": URL, "legislativeTermList": URL, "membership": URL,
            "classification": TEXT,
        },
    ),
    "LegislativeTerm": ("", {"body": URL, "name": TEXT, "startDate": DAY, "endDate": DAY}),
    "Organization": (
        "",
        {
            "body": URL, "name": TEXT, "membership": URLS, "meeting": URL, "consultation": URL,
            "shortName": TEXT, "post": TEXTS, "subOrganizationOf": URL,
            "organizationType": {
                "enum": [
                    "Gremium", "Partei", "Fraktion", "Verwaltungsbereich", "externes Gremium",
                    "Institution", "Sonstiges",
                ]
            },
            "classification": TEXT, "startDate": DAY, "endDate": DAY, "website": URL,
            "externalBody": URL,
        },
    ),
    "Person": (
        "",
        {
            "body": URL, "name": TEXT, "familyName": TEXT, "givenName": TEXT,
            "formOfAddress": TEXT, "affix": TEXT, "title": TEXTS, "gender": TEXT, "phone": TEXTS,
            "email": TEXTS, "status": TEXTS, "membership": several("Membership"), "life": TEXT,
            "lifeSource": TEXT,
        },
    ),
    "Membership": (
        "",
        {
            "person": URL, "organization": URL, "role": TEXT, "votingRight": YES_OR_NO,
            "startDate": DAY, "endDate": DAY, "onBehalfOf": URL,
        },
    ),
    "Meeting": (
        "",
        {
            "name": TEXT, "meetingState": TEXT, "cancelled": YES_OR_NO, "start": MOMENT,
            "end": MOMENT, "organization": URLS, "participant": URLS, "invitation": of("File"),
            "resultsProtocol": of("File"), "verbatimProtocol": of("File"),
            "auxiliaryFile": several("File"), "agendaItem": several("AgendaItem"),
        },
    ),
    "AgendaItem": (
        "",
        {
            "meeting": URL, "number": TEXT, "order": NUMBER, "name": TEXT, "public": YES_OR_NO,
            "consultation": URL, "result": TEXT, "resolutionText": TEXT,
            "resolutionFile": of("File"), "auxiliaryFile": several("File"), "start": MOMENT,
            "end": MOMENT,
        },
    ),
    "Paper": (
        "",
        {
            "body": URL, "name": TEXT, "reference": TEXT, "date": DAY, "paperType": TEXT,
            "relatedPaper": URLS, "superordinatedPaper": URLS, "subordinatedPaper": URLS,
            "mainFile": of("File"), "auxiliaryFile": several("File"),
            "originatorPerson": URLS, "underDirectionOf": URLS, "originatorOrganization": URLS,
            "consultation": several("Consultation"),
        },
    ),
    "Consultation": (
        "",
        {
            "paper": URL, "agendaItem": URL, "meeting": URL, "organization": URLS,
            "authoritative": YES_OR_NO, "role": TEXT,
        },
    ),
    "File": (
        "accessUrl",
        {
            "name": TEXT, "fileName": TEXT, "mimeType": TEXT, "date": DAY, "size": NUMBER,
            "sha1Checksum": TEXT, "sha512Checksum": TEXT, "text": TEXT, "accessUrl": URL,
            "downloadUrl": URL, "externalServiceUrl": URL, "masterFile": URL,
            "derivativeFile": URLS, "fileLicense": URL, "meeting": URLS, "agendaItem": URLS,
            "paper": URLS,
        },
    ),
}  # fmt: skip

_DEFINITIONS: Final = {
    kind: {
        "type": "object",
        "required": ["id", "type", *required.split()],
        "properties": {"type": {"const": f"{SCHEMA}{kind}"}, **_COMMON, **properties},
        "patternProperties": {"^sagsgang:": {}},
        "additionalProperties": False,
    }
    for kind, (required, properties) in _KINDS.items()
}


@cache
def object_of(kind: str) -> Draft202012Validator:
    """What checks an object of this type."""
    return Draft202012Validator({**of(kind), "$defs": _DEFINITIONS})


@cache
def list_of(kind: str) -> Draft202012Validator:
    """What checks a page of an external list."""
    return Draft202012Validator(_list_of(kind))


def _list_of(kind: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["data", "pagination", "links"],
        "properties": {
            "data": several(kind),
            "pagination": {
                "type": "object",
                "properties": dict.fromkeys(
                    ("totalElements", "elementsPerPage", "currentPage", "totalPages"), NUMBER
                ),
                "additionalProperties": False,
            },
            "links": {
                "type": "object",
                "properties": dict.fromkeys(("first", "prev", "self", "next", "last", "web"), URL),
                "additionalProperties": False,
            },
        },
        "$defs": _DEFINITIONS,
    }
