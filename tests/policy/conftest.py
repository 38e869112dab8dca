"""The company of the policy's tests, made once for each test."""

from collections.abc import Iterator

import pytest

from organizations.enums import Agreement
from tests.factories.organizations import OrganizationFactory, OrganizationSettingsFactory
from tests.factories.worlds import within
from tests.policy.company import Company, found_company


@pytest.fixture
def company(db: None) -> Iterator[Company]:
    """A company with somebody in every position; its organization is in context."""
    organization = OrganizationFactory.create(slug="policy")
    with within(organization):
        OrganizationSettingsFactory.create(agreement=Agreement.ALWAYS)
        yield found_company("policy")
