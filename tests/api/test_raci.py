"""The RACI matrix in the API: what counts, whether or not somebody has adapted the default."""

from collections.abc import Callable

from organizations.actor import system_actor
from organizations.enums import Role
from roles.domain.raci import reset_matrix
from roles.models import RoleProfile
from roles.queries.raci import raci_matrix
from roles.raci.default import DEFAULT
from tests.api.conftest import Program
from tests.factories.worlds import World, within


def test_the_default_counts_until_somebody_adapts_it(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        reset_matrix(actor=system_actor())
    member, plo = program(world.member), program(world.plo)
    assert member.get("raci-activities/")["results"] == []
    default = member.get("raci-activities/matrix/")
    assert default["adopted"] is False
    assert {row["id"] for row in default["activities"]} == {None}
    assert [row["key"] for row in default["activities"]] == [row.key for row in DEFAULT]
    assert default["activities"][0]["cells"] == {party.value: cell for party, cell in DEFAULT[0].letters.items()}
    assert default["columns"][0] == {"ref": "plo", "title": "Program Lead Office", "member": None}
    plo.write("POST", "raci-activities/adopt/", status=204)
    own = member.get("raci-activities/matrix/")
    assert own["adopted"] is True
    assert [{**row, "id": None} for row in own["activities"]] == default["activities"]
    listed = {row["id"]: row["cells"] for row in member.get("raci-activities/", page_size=200)["results"]}
    assert listed == {row["id"]: row["cells"] for row in own["activities"]}


def test_the_matrix_is_what_the_page_shows(world: World, program: Callable[..., Program]) -> None:
    with within(world.organization):
        RoleProfile.objects.update_or_create(role=Role.COACH, defaults={"name": "Guide"})
        shown = raci_matrix()
    found = program(world.member).get("raci-activities/matrix/")
    assert [column["title"] for column in found["columns"]] == [column.label for column in shown.columns]
    assert "Guide" in [column["title"] for column in found["columns"]]
    person = found["columns"][-1]
    assert (person["ref"], person["member"]) == (str(world.raci_person.pk), str(world.raci_person.membership_id))
    assert [row["id"] for row in found["activities"]] == [str(row.activity.pk) for row in shown.rows if row.activity]
    assert [row["cells"] for row in found["activities"]] == [row.letters for row in shown.rows]
