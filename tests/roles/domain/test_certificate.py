"""Until when a certificate counts."""

from datetime import date

import pytest

from roles.domain.certificate import expiry_of
from roles.models import Qualification


@pytest.mark.parametrize(
    ("issued", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 5), 24, date(2028, 11, 5)),
        # Refused for another reason, and no error on the way.
        (date(9999, 6, 1), 24, date.max),
        (date(2026, 1, 31), None, None),
    ],
)
def test_it_counts_for_so_many_months(issued: date, months: int | None, until: date | None) -> None:
    assert expiry_of(Qualification(valid_months=months), issued) == until
    assert expiry_of(None, issued) is None
