"""Whatever is sent to the API, it answers as its OpenAPI document says."""

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import openapi

from governance.services.tokens import create_token
from samverkan.wsgi import application

pytestmark = pytest.mark.django_db
schema = openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def key(world, bo) -> str:
    return create_token(user=bo, organization=world.company, name="Prov")[1]


@pytest.fixture(autouse=True)
def no_hurry(settings):
    """As many questions as the test has."""
    settings.API_QUESTIONS_A_MINUTE = settings.API_LISTS_A_MINUTE = 100_000
    cache.clear()


@pytest.fixture(autouse=True)
def one_connection():
    """The connection in which the test's rows are, which the end of a request would close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_api_keeps_to_its_document(case: schemathesis.Case, key) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"})
