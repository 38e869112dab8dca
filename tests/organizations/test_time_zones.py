"""Each place once, by the name it has today; whoever lives by an old name keeps it."""

import zoneinfo

import pytest

from organizations.forms.organization_settings import GeneralForm
from organizations.forms.profile import ProfileForm
from organizations.models import OrganizationSettings, User
from organizations.time_zones import time_zone_choices


def names(chosen: str = "") -> list[str]:
    return [name for name, _label in time_zone_choices(chosen)]


@pytest.mark.parametrize(
    "alias", ["Europe/Kiev", "US/Eastern", "Asia/Calcutta", "America/Buenos_Aires", "Etc/UTC", "GB"]
)
def test_old_names_are_not_offered_but_kept(alias: str) -> None:
    assert alias in zoneinfo.available_timezones()
    assert alias not in names()
    assert names(alias).count(alias) == 1
    assert len(names(alias)) == len(names()) + 1


def test_each_place_is_offered_once() -> None:
    found = names("Europe/Berlin")
    assert len(set(found)) == len(found) > 400
    assert found[0] == "UTC"
    assert {"Europe/Kyiv", "Europe/Stockholm", "America/New_York", "Asia/Kolkata"} <= set(found)
    assert ("Africa/Dar_es_Salaam", "Africa / Dar es Salaam") in time_zone_choices()
    assert names("UTC") == names()


def test_a_form_offers_what_is_stored() -> None:
    settings = GeneralForm(instance=OrganizationSettings(time_zone="Europe/Kiev")).fields["time_zone"]
    own = ProfileForm(instance=User(time_zone="Asia/Calcutta")).fields["time_zone"]
    assert settings.valid_value("Europe/Kiev")  # type: ignore[attr-defined] # a choice field's
    assert own.valid_value("Asia/Calcutta")  # type: ignore[attr-defined]
    assert own.valid_value("")  # type: ignore[attr-defined]
    assert not own.valid_value("Europe/Kiev")  # type: ignore[attr-defined]
