"""The organizations that other tests stand in."""

from tests.factories.worlds import World, tenant_models, within


def test_every_tenant_table_has_rows_in_both_worlds(world: World, other_world: World) -> None:
    assert len(tenant_models()) >= 20
    for one in (world, other_world):
        with within(one.organization):
            assert [model for model in tenant_models() if not model.objects.exists()] == []
