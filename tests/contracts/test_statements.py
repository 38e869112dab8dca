"""The watch over statements is no empty gate: it finds what it must find, and lets pass what is right."""

import pytest
from django.db import connection

from okrs.models import KeyResult, Objective
from organizations.models import Team
from tests.contracts.statements import Watch, offences
from tests.factories.worlds import World, within


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ('SELECT * FROM "okrs_objective" WHERE "okrs_objective"."id" = %s', ("okrs_objective",)),
        ('SELECT "okrs_objective"."organization_id" FROM "okrs_objective"', ("okrs_objective",)),
        ('UPDATE "okrs_objective" SET "title" = %s WHERE "okrs_objective"."id" IN (%s)', ("okrs_objective",)),
        ('DELETE FROM "okrs_objective" WHERE "okrs_objective"."id" IN (%s)', ("okrs_objective",)),
        ('SELECT id FROM "okrs_objective" WHERE "okrs_objective"."id" = %s FOR UPDATE', ("okrs_objective",)),
        ('INSERT INTO "okrs_objective" ("id", "title") VALUES (%s, %s)', ("okrs_objective",)),
        (
            'SELECT 1 FROM "okrs_objective" INNER JOIN "okrs_cycle" ON'
            ' ("okrs_objective"."cycle_id" = "okrs_cycle"."id") WHERE "okrs_objective"."organization_id" = (%s)',
            ("okrs_cycle",),
        ),
        (
            'SELECT 1 FROM "okrs_cycle" WHERE "okrs_cycle"."organization_id" = (%s) AND EXISTS(SELECT 1 FROM'
            ' "okrs_objective" U0 WHERE U0."cycle_id" = "okrs_cycle"."id")',
            ("okrs_objective",),
        ),
        ("SELECT id FROM organizations_team WHERE parent_id = %s", ("organizations_team",)),
        ("SELECT id FROM organizations_team t WHERE t.organization_id = %s", ()),
        ("SELECT id FROM organizations_team WHERE organization_id = %s AND id = %s", ()),
        ('UPDATE "okrs_objective" SET "title" = %s WHERE "okrs_objective"."organization_id" = (%s)', ()),
        ('INSERT INTO "okrs_objective" ("id", "organization_id") VALUES (%s, %s)', ()),
        ('SELECT "organizations_user"."id" FROM "organizations_user"', ()),
    ],
)
def test_what_it_finds(sql: str, found: tuple[str, ...]) -> None:
    assert offences(sql) == found


def test_what_the_orm_makes_names_the_organization(world: World) -> None:
    watch = Watch()
    with within(world.organization), connection.execute_wrapper(watch):
        list(Objective.objects.select_related("team__parent", "owner").prefetch_related("key_results__milestones"))
        list(Team.objects.exclude(team_memberships__membership__title="x").filter(lead__title=""))
        KeyResult.objects.filter(objective__cycle__name="x").update(unit="€")
        KeyResult.objects.select_for_update(of=("self",)).get(pk=world.key_result.pk).save()
        world.team.team_memberships.filter(membership__title="x").delete()
        world.milestone_key_result.delete()
    assert watch.offending == {}
    assert len(watch.digests) >= 12
