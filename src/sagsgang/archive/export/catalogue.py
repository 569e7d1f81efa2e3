"""What there is to take away, as DCAT-AP (JSON-LD) tells it to catalogues of data."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.conf import settings

_EUROPE: Final = "http://publications.europa.eu/resource/authority"
_IANA: Final = "https://www.iana.org/assignments/media-types"

_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(
    site: str, first: datetime.datetime | None, changed: datetime.datetime | None
) -> dict[str, Any]:
    """The catalogue as JSON-LD; `first` and `changed` are when the data came and last changed."""
    return {
        "@context": _CONTEXT,
        "@graph": [
            _catalogue(site, first, changed),
            _publisher(site),
            _dataset(site, first, changed),
            *_distributions(site),
            *_services(site),
        ],
    }


def _catalogue(
    site: str, first: datetime.datetime | None, changed: datetime.datetime | None
) -> dict[str, Any]:
    name = settings.SITE_NAME
    return {
        "@id": f"{site}/data/#katalog",
        "@type": "dcat:Catalog",
        "dct:title": _texts(f"Åbne data fra {name}", f"Open data of {name}"),
        "dct:description": _texts(
            "Dagsordener og referater fra kommunernes udvalg som data.",
            "Agendas and minutes of municipal committees as data.",
        ),
        "dct:publisher": {"@id": f"{site}/#udgiver"},
        "foaf:homepage": {"@id": f"{site}/data/"},
        "dct:language": _language(),
        **_times(first, changed),
        "dcat:dataset": {"@id": f"{site}/data/#referater"},
        "dcat:service": [{"@id": f"{site}/data/#api"}, {"@id": f"{site}/data/#oparl"}],
    }


def _publisher(site: str) -> dict[str, Any]:
    return {
        "@id": f"{site}/#udgiver",
        "@type": "foaf:Agent",
        "foaf:name": settings.OPERATOR or settings.SITE_NAME,
    }


def _dataset(
    site: str, first: datetime.datetime | None, changed: datetime.datetime | None
) -> dict[str, Any]:
    files = ("jsonl", "jsonl-gz", "parquet")
    return {
        "@id": f"{site}/data/#referater",
        "@type": "dcat:Dataset",
        "dct:title": _texts("Referater fra kommunernes udvalg", "Minutes of municipal committees"),
        "dct:description": _texts(
            "Dagsordener og referater, delt i punkter med indstilling, beslutning, udfald, "
            "stemmer, fremmøde og sagsnumre. Den gældende udgave af hvert dokument.",
            "Agendas and minutes, divided into items with recommendation, decision, outcome, "
            "votes, attendance and case numbers. The current version of each document.",
        ),
        "dct:identifier": f"{site}/data/#referater",
        "dct:publisher": {"@id": f"{site}/#udgiver"},
        "dcat:contactPoint": _contact(site),
        "dcat:landingPage": {"@id": f"{site}/data/"},
        "dcat:theme": {"@id": f"{_EUROPE}/data-theme/GOVE"},
        "dct:spatial": {"@id": f"{_EUROPE}/country/DNK"},
        "dct:language": _language(),
        "dct:accrualPeriodicity": {"@id": f"{_EUROPE}/frequency/UPDATE_CONT"},
        "dct:accessRights": {"@id": f"{_EUROPE}/access-right/PUBLIC"},
        "dcat:keyword": [
            {"@language": "da", "@value": word}
            for word in ("referater", "dagsordener", "udvalg", "kommuner", "beslutninger")
        ],
        **_times(first, changed),
        "dcat:distribution": [{"@id": f"{site}/data/#{one}"} for one in files],
    }


def _contact(site: str) -> dict[str, Any]:
    told = {
        "@type": "vcard:Organization",
        "vcard:fn": settings.OPERATOR or settings.SITE_NAME,
        "vcard:hasURL": {"@id": f"{site}/om/"},
    }
    if settings.CONTACT:
        told["vcard:hasEmail"] = {"@id": f"mailto:{settings.CONTACT}"}
    return told


def _distributions(site: str) -> list[dict[str, Any]]:
    json = {"dct:format": {"@id": f"{_EUROPE}/file-type/JSON"}}
    return [
        _file(site, "jsonl", "referater.jsonl", "JSON Lines", json),
        _file(
            site,
            "jsonl-gz",
            "referater.jsonl.gz",
            "JSON Lines (gzip)",
            {**json, "dcat:compressFormat": {"@id": f"{_IANA}/application/gzip"}},
        ),
        _file(
            site,
            "parquet",
            "referater.parquet",
            "Parquet",
            {"dcat:mediaType": {"@id": f"{_IANA}/application/vnd.apache.parquet"}},
        ),
    ]


def _file(site: str, name: str, file: str, title: str, form: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": f"{site}/data/#{name}",
        "@type": "dcat:Distribution",
        "dct:title": _texts(title, title),
        "dcat:accessURL": {"@id": f"{site}/data/"},
        "dcat:downloadURL": {"@id": f"{site}/data/{file}"},
        "dct:conformsTo": {
            "@id": f"{site}/data/skema.json",
            "@type": "dct:Standard",
        },
        "dcatap:availability": {"@id": f"{_EUROPE}/planned-availability/AVAILABLE"},
        **form,
        **_licence(),
    }


def _services(site: str) -> list[dict[str, Any]]:
    return [
        {
            "@id": f"{site}/data/#{name}",
            "@type": "dcat:DataService",
            "dct:title": _texts(title, title),
            "dcat:endpointURL": {"@id": f"{site}{path}"},
            "dcat:endpointDescription": {"@id": f"{site}{told}"},
            "dcat:servesDataset": {"@id": f"{site}/data/#referater"},
            **_licence(),
        }
        for name, title, path, told in (
            ("api", "JSON API", "/api/", "/api/openapi.json"),
            ("oparl", "OParl 1.1", "/oparl/", "/oparl/"),
        )
    ]


def _licence() -> dict[str, Any]:
    return {"dct:license": {"@id": settings.SITE_LICENCE}} if settings.SITE_LICENCE else {}


def _times(first: datetime.datetime | None, changed: datetime.datetime | None) -> dict[str, Any]:
    told = {"dct:issued": first, "dct:modified": changed}
    return {
        name: {"@type": "xsd:dateTime", "@value": time.isoformat()}
        for name, time in told.items()
        if time
    }


def _texts(danish: str, english: str) -> list[dict[str, str]]:
    return [
        {"@language": "da", "@value": danish},
        {"@language": "en", "@value": english},
    ]


def _language() -> dict[str, str]:
    return {"@id": f"{_EUROPE}/language/DAN"}
