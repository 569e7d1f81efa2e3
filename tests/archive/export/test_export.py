"""The archive as data to take away: what is in it, in which shape, and how it streams."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import jsonschema
import pyarrow.parquet as pq
import pytest
import rdflib
from django.utils import timezone

from sagsgang import samples
from sagsgang.archive.export import parquet as parquet_files
from sagsgang.archive.export.documents import documents
from sagsgang.archive.export.parquet import parquet, schema
from sagsgang.archive.publishing import publish
from sagsgang.minutes import Minutes, read
from sagsgang.minutes.schema import json_schema

from ..documents import item, meeting

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


@pytest.fixture
def lindvig() -> None:
    """The sample documents."""
    for path in samples.paths():
        publish(read(path))


def read_lines(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.decode("utf-8").splitlines()]


def test_a_document_is_exported_in_the_contracts_shape_with_its_place(lindvig):
    validator = jsonschema.Draft202012Validator(json_schema())
    exported = list(documents(site="https://eksempel.dk"))
    assert len(exported) == 10
    for document in exported:
        archive = document.pop("archive")
        validator.validate(document)
        assert Minutes.from_dict(document).date in archive["id"]
        assert archive["address"].startswith(f"https://eksempel.dk/{archive['id'].split('/')[0]}/")
        assert archive["version"] == 1


def test_only_what_counts_now_is_exported():
    publish(meeting(item("1", "Gammel titel")))
    publish(meeting(item("1", "Ny titel")))
    [document] = documents()
    assert document["items"][0]["title"] == "Ny titel"
    assert document["archive"]["version"] == 2
    assert (
        document["archive"]["address"] == "/lindvig/beskaeftigelsesudvalget/2026-03-04/version/2/"
    )


def test_a_supplement_is_exported_until_there_are_minutes():
    publish(meeting(item("1", decisions=()), kind="agenda"))
    publish(meeting(item("2", "Tillæg", decisions=()), kind="supplementary_agenda"))
    meeting_id = "lindvig/beskaeftigelsesudvalget/2026-03-04"
    assert [one["archive"]["id"] for one in documents()] == [meeting_id, f"{meeting_id}/tillaeg"]
    publish(meeting(item("1"), item("2", "Tillæg")))
    assert [one["kind"] for one in documents()] == ["minutes"]


def test_since_gives_what_was_published_from_then_on():
    publish(meeting(date="2026-03-04"))
    moment = timezone.now()
    publish(meeting(date="2026-02-04"))
    assert [one["date"] for one in documents(moment)] == ["2026-02-04"]


def test_the_archive_is_read_in_one_query(lindvig, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert sum(1 for _ in documents()) == 10


def test_parquet_says_the_same_as_json(lindvig, monkeypatch):
    monkeypatch.setattr(parquet_files, "ROWS", 4)
    content = b"".join(parquet(documents()))
    table = pq.read_table(io.BytesIO(content))
    assert table.schema.equals(schema())
    assert pq.ParquetFile(io.BytesIO(content)).num_row_groups == 3
    assert table.to_pylist() == [*documents()]


def test_an_empty_archive_gives_a_file_without_rows():
    table = pq.read_table(io.BytesIO(b"".join(parquet(documents()))))
    assert table.num_rows == 0
    assert table.schema.names[:3] == ["archive", "format_version", "source"]


def test_the_downloads_have_what_the_command_writes(client, lindvig):
    plain = client.get("/data/referater.jsonl")
    exported = read_lines(b"".join(plain.streaming_content))
    assert exported == [*documents(site=HERE)]
    packed = client.get("/data/referater.jsonl.gz", headers={"Accept-Encoding": "gzip"})
    assert read_lines(gzip.decompress(b"".join(packed.streaming_content))) == exported
    table = client.get("/data/referater.parquet", headers={"Accept-Encoding": "gzip"})
    content = io.BytesIO(b"".join(table.streaming_content))
    assert pq.read_table(content).to_pylist() == exported


def test_a_download_that_has_not_changed_is_not_sent_again(client):
    publish(meeting())
    first = client.get("/data/referater.jsonl")
    known = {"If-None-Match": first["ETag"]}
    assert client.get("/data/referater.jsonl", headers=known).status_code == 304
    assert client.head("/data/referater.jsonl").status_code == 200
    publish(meeting(date="2026-04-01"))
    again = client.get("/data/referater.jsonl", headers=known)
    assert len(read_lines(b"".join(again.streaming_content))) == 2


def test_the_schema_of_downloads_holds(client, lindvig):
    schema = client.get("/data/skema.json").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    for document in documents():
        jsonschema.validate(document, schema)


def test_the_page_tells_what_there_is(client, django_assert_max_num_queries):
    empty = client.get("/data/").content.decode()
    assert "endnu ingen referater" in empty
    publish(meeting())
    with django_assert_max_num_queries(2):
        page = client.get("/data/").content.decode()
    assert "Der er data om ét møde." in page
    for link in ("referater.jsonl", "referater.parquet", "dcat.jsonld", "skema.json"):
        assert f'href="/data/{link}"' in page


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own
def test_catalogues_of_data_can_read_the_description(client):
    publish(meeting())
    response = client.get("/data/dcat.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    graph = rdflib.Graph().parse(data=response.content, format="json-ld")
    dcat, terms = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.DCTERMS
    [catalogue] = graph.subjects(rdflib.RDF.type, dcat.Catalog)
    [dataset] = graph.objects(catalogue, dcat.dataset)
    for thing in (catalogue, dataset):
        # What DCAT-AP makes mandatory, or recommends, of a catalogue and a data set.
        for said in (terms.title, terms.description, terms.publisher, terms.language):
            assert list(graph.objects(thing, said)), (thing, said)
        [modified] = graph.objects(thing, terms.modified)
        assert modified.toPython().tzinfo is not None
    files = list(graph.objects(dataset, dcat.distribution))
    addresses = {str(graph.value(file, dcat.downloadURL)) for file in files}
    assert addresses == {
        f"{HERE}/data/referater.{ending}" for ending in ("jsonl", "jsonl.gz", "parquet")
    }
    for file in files:
        assert graph.value(file, dcat.accessURL)
    for service in graph.objects(catalogue, dcat.service):
        assert graph.value(service, dcat.endpointURL)


def test_no_licence_is_claimed_unless_it_is_given(client, settings):
    assert b"dct:license" not in client.get("/data/dcat.jsonld").content
    settings.SITE_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert client.get("/data/dcat.jsonld").content.count(b"dct:license") == 5
