"""The API is asked anything at all, within its description and beyond it, and never breaks."""

from __future__ import annotations

import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sagsgang.archive.publishing import publish
from sagsgang.web.wsgi import application

from .test_api import rich

pytestmark = pytest.mark.django_db

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)

schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@pytest.fixture(autouse=True)
def unlimited(settings) -> None:
    settings.API_PER_MINUTE = 10**9
    publish(rich())


@schema.parametrize()
@hypothesis.settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_question_breaks_it(case):
    case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})
