"""The rollout of a large invented organization: it runs, the pilot is over, half of the waves have begun."""

from okrs.demo.large.company import Company
from organizations.models import OrganizationSettings
from rollout.demo.large.courses import add_courses
from rollout.demo.large.messages import add_messages
from rollout.demo.large.plan import lay_out
from rollout.demo.large.programme import Programme
from rollout.demo.large.sponsor import add_budget, add_decision, add_escalations, add_versions
from rollout.demo.large.voices import add_barriers, add_commitments, add_stakeholders

# Fewer people need no programme.
FEWEST = 10


def add_programme(company: Company) -> None:
    """Give a large organization its rollout plan with everything on its pages, and the courses that belong to it.

    Side effects: rows of the past in the running transaction; nobody is told of anything. None in a very small one.
    """
    if company.scale.members < FEWEST:
        return
    OrganizationSettings.objects.update(rollout=True)
    programme = Programme(company)
    lay_out(programme)
    add_budget(programme)
    add_versions(programme)
    add_decision(programme)
    add_escalations(programme)
    add_barriers(programme)
    add_stakeholders(programme)
    add_commitments(programme)
    company.told("the rollout plan")
    add_messages(programme)
    company.told("its messages")
    add_courses(programme)
    company.told("its courses")
