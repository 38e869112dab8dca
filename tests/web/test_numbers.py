from decimal import Decimal

import pytest
from django.utils import translation

from okrapp.web.numbers import MISSING, format_number, format_percent, format_short, parse_number


@pytest.mark.parametrize(
    ("language", "value", "unit", "shown"),
    [
        ("en", Decimal("1234567.50"), "", "1,234,567.5"),
        ("de", Decimal("1234567.50"), "", "1.234.567,5"),
        ("sv", Decimal("1234567.50"), "", "1\u00a0234\u00a0567,5"),
        ("en", 57, "%", "57%"),
        ("en", Decimal("41.000"), "", "41"),
        ("en", Decimal("0.125"), "", "0.13"),
        ("en", Decimal("-0.001"), "", "0"),
        ("en", -5, "€", "−€5"),
        ("en", 1200, "€", "€1,200"),
        ("de", 1200, "€", "1.200\u00a0€"),
        ("en", 3, " days ", "3\u00a0days"),
        ("en", None, "%", MISSING),
        ("en", float("nan"), "", MISSING),
        ("en", "no number", "", MISSING),
    ],
)
def test_numbers_are_written_as_the_language_does(language: str, value: object, unit: str, shown: str) -> None:
    with translation.override(language):
        assert format_number(value, unit) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (99_999, "99,999"),
        (123_456, "123\u00a0k"),
        (1_234_567, "1.23\u00a0M"),
        (-45_600_000, "−45.6\u00a0M"),
        (None, MISSING),
    ],
)
def test_large_numbers_are_abbreviated_where_there_is_little_room(value: object, shown: str) -> None:
    with translation.override("en"):
        assert format_short(value) == shown


@pytest.mark.parametrize(
    ("language", "share", "shown"),
    [
        ("en", Decimal("0.674"), "67%"),
        ("de", Decimal("0.674"), "67\u00a0%"),
        ("en", Decimal("1.29"), "129%"),
        ("en", Decimal("-0.1"), "−10%"),
        ("en", None, MISSING),
    ],
)
def test_shares_keep_their_raw_value(language: str, share: object, shown: str) -> None:
    with translation.override(language):
        assert format_percent(share) == shown


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("en", "1,234.5", "1234.5"),
        ("en", "41,5", "41.5"),
        ("en", "1,234", "1234"),
        ("de", "1.234,5", "1234.5"),
        ("de", "41.5", "41.5"),
        ("de", "1.234", "1234"),
        ("sv", "1 234,5", "1234.5"),
        ("sv", "−3", "-3"),
        ("en", " 0 ", "0"),
        ("en", "1'000", "1000"),
    ],
)
def test_numbers_are_read_as_people_type_them(language: str, typed: str, number: str) -> None:
    with translation.override(language):
        assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", "many", "1e9", "NaN", "Infinity", "1.2.3", "1,2,3.4,5", "٣", "9" * 60, "--1", "0x1"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with translation.override("en"):
        assert parse_number(typed) is None


@pytest.mark.parametrize("language", ["en", "de", "sv"])
@pytest.mark.parametrize("value", ["0", "-7", "41.5", "1234567.89", "0.01"])
def test_what_is_written_can_be_read_again(language: str, value: str) -> None:
    with translation.override(language):
        assert parse_number(format_number(Decimal(value))) == Decimal(value)
