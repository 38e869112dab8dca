"""What holds for any text: no error, honest spans, and numbers that come back as they went in."""

import time
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okrs.scoring import Measure, Metric, progress
from okrs.typed_line import Doubt, Role, TypedLine, UnitKind, parse

LANGUAGES = ["en", "de", "sv"]
languages = st.sampled_from([*LANGUAGES, None])

WORDS = """
from to von auf bis från till by um med between zwischen mellan and und och keep halten håll raise steigern höj reduce
senken sänk win below unter under above über över at least mindestens minst → -> - – ( ) , . / : + − % € $ kr tkr mkr
MSEK CHF k m Mio. Mrd. billion Tsd.
percent Prozent procent customers Kunden kunder never double Q3 2026 31.12. May ISO
0 1 2 41 70 1,200 1.200 1 200,5 1,2,3 1.2.3 99,9 .5 5. 007 baseline find out launch today heute
"""
PIECES = st.sampled_from(WORDS.split())
likely_lines = st.lists(PIECES | st.integers(-(10**6), 10**12).map(str), max_size=14).map(" ".join)
any_text = st.text(max_size=80) | likely_lines | st.lists(PIECES, max_size=12).map("".join)


def check_shape(text: str, read: TypedLine) -> None:
    """Check what every reading promises, whatever the text."""
    assert read.title == " ".join(text.split())
    assert read.language in LANGUAGES
    ends = 0
    for match in read.matched:
        assert ends <= match.start < match.end <= len(text)
        assert text[match.start : match.end].strip() == text[match.start : match.end]
        ends = match.end
    roles = [match.role for match in read.matched]
    assert (read.target is not None) == (Role.TARGET in roles)
    assert (read.start is not None) == (Role.START in roles or Doubt.START_ASSUMED in read.doubts)
    assert (read.band_low is not None) == (read.band_high is not None) == (read.metric is Metric.STAY_WITHIN)
    assert len(read.unit) <= 24
    assert bool(read.currency) == (read.unit_kind is UnitKind.CURRENCY)
    if read.band_low is not None and read.band_high is not None:
        assert read.band_low <= read.band_high
    if read.change is not None:
        assert Doubt.RELATIVE_CHANGE in read.doubts
        assert read.target is None
    # What was read can always be scored: start and target never agree.
    progress(Measure(read.metric, read.start, read.target, None, read.band_low, read.band_high))


@settings(max_examples=1500)
@given(text=any_text, language=languages)
@example(text="", language=None)
@example(text="\x00 from ² to ½ ٣", language="en")
@example(text="from 5 to 5", language="en")
@example(text="win 0 customers", language="en")
@example(text="from 1 to 1 to 2 → 2", language="sv")
@example(text="keep between 5 and 5", language="en")
def test_any_text_is_read_without_error(text: str, language: str | None) -> None:
    check_shape(text, parse(text, language))


def written(value: Decimal, language: str, grouped: bool) -> str:
    """Write a number as people of that language do."""
    group, point = {"en": (",", "."), "de": (".", ","), "sv": (" ", ",")}[language]
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", group).replace("-", "−")


FRAMES = {
    "en": "Raise the value from {} to {} points",
    "de": "Den Wert von {} auf {} Punkte bringen",
    "sv": "Ta värdet från {} till {} poäng",
}
amounts = st.decimals(min_value=-(10**9), max_value=10**12, places=2) | st.integers(-(10**6), 10**15).map(Decimal)


@settings(max_examples=600)
@given(start=amounts, target=amounts, language=st.sampled_from(LANGUAGES), grouped=st.booleans())
def test_numbers_come_back_as_they_went_in(start: Decimal, target: Decimal, language: str, grouped: bool) -> None:
    line = FRAMES[language].format(written(start, language, grouped), written(target, language, grouped))
    read = parse(line, language)
    assert read.target == target
    if start == target:
        assert (read.start, Doubt.START_EQUALS_TARGET in read.doubts) == (None, True)
    else:
        assert read.start == start
        assert read.metric is (Metric.INCREASE if target > start else Metric.DECREASE)
    assert read.unit == {"en": "points", "de": "Punkte", "sv": "poäng"}[language]
    assert Doubt.NUMBER_FORMAT not in read.doubts


@settings(max_examples=300)
@given(value=st.decimals(min_value=0, max_value=999, places=1), language=st.sampled_from(LANGUAGES), data=st.data())
def test_magnitudes_multiply(value: Decimal, language: str, data: st.DataObject) -> None:
    magnitudes = {
        "en": {"k": 3, "K": 3, " thousand": 3, "M": 6, " million": 6, "bn": 9, " billion": 9},
        "de": {" Tsd.": 3, " Tausend": 3, " Mio.": 6, " Millionen": 6, " Mrd.": 9, " Milliarden": 9, " Billionen": 12},
        "sv": {" tusen": 3, " miljoner": 6, " mn": 6, " mdr": 9, " miljarder": 9, " biljoner": 12},
    }[language]
    magnitude, power = data.draw(st.sampled_from(sorted(magnitudes.items())))
    verb = {"en": "Increase to", "de": "Steigern auf", "sv": "Öka till"}[language]
    read = parse(f"{verb} {written(value, language, False)}{magnitude} €", language)
    assert read.target == value * 10**power
    assert (read.unit, read.unit_kind, read.currency) == ("€", UnitKind.CURRENCY, "EUR")


@pytest.mark.parametrize(
    ("text", "language", "value", "is_ambiguous"),
    [
        ("1,200", "en", "1200", False),
        ("1,200", "de", "1.2", True),
        ("1,200", "sv", "1.2", True),
        ("1.200", "en", "1.2", True),
        ("1.200", "de", "1200", False),
        ("1.200", "sv", "1200", True),
        ("1,200.5", "de", "1200.5", False),
        ("1.200,5", "en", "1200.5", False),
        ("1,200,300", "de", "1200300", False),
        ("1.200.300", "en", "1200300", False),
        ("1 200 300,25", "en", "1200300.25", False),
        ("1\u00a0200", "sv", "1200", False),
        ("1\u202f200,5", "sv", "1200.5", False),
        ("1’200.5", "de", "1200.5", False),
        ("0.125", "de", "0.125", False),
        ("0,125", "en", "0.125", False),
        ("99,9", "en", "99.9", False),
        ("99.9", "de", "99.9", False),
        ("1200.500", "de", "1200.5", False),
    ],
)
def test_dots_and_commas(text: str, language: str, value: str, is_ambiguous: bool) -> None:
    read = parse(f"NPS to {text}", language)
    assert read.target == Decimal(value)
    assert (Doubt.NUMBER_FORMAT in read.doubts) is is_ambiguous


@pytest.mark.parametrize("text", ["1.2.3", "1,2,3", "1.200,300,400", "1,2.3,4", "10.0.0.1", "9" * 30])
def test_what_looks_like_a_number_but_is_none(text: str) -> None:
    assert parse(f"Increase to {text}", "en").target is None


@pytest.mark.parametrize(
    "text", ["P95", "B2B", "Q3", "FY26", "5G", "1st", "2nd", "3-day", "24/7", "12:30", "#4", "ISO 9001"]
)
def test_names_with_digits_are_no_numbers(text: str) -> None:
    read = parse(f"Increase {text}", "en")
    assert (read.target, read.change) == (None, None)
    assert read.doubts == {Doubt.NO_NUMBER}


def test_a_change_makes_a_target_of_a_start() -> None:
    assert parse("Increase revenue by 20 %").target_from(Decimal(50)) == Decimal(60)
    assert parse("Halve the error rate").target_from(Decimal(50)) == Decimal(25)
    assert parse("Add 5 more customers").target_from(Decimal(50)) == Decimal(55)
    assert parse("Reduce the backlog by 5 tickets").target_from(Decimal(50)) == Decimal(45)
    assert parse("Increase NPS to 60").target_from(Decimal(50)) is None


def test_spans_show_what_was_understood() -> None:
    text = "  Raise MRR from  $1.2m to $1.5m in the US"
    read = parse(text, "en")
    assert read.title == "Raise MRR from $1.2m to $1.5m in the US"
    assert [(text[one.start : one.end], one.role.value) for one in read.matched] == [
        ("Raise", "metric"),
        ("from", "metric"),
        ("$", "unit"),
        ("1.2m", "start"),
        ("to", "metric"),
        ("$", "unit"),
        ("1.5m", "target"),
    ]


def test_certainty_and_direction() -> None:
    certain = parse("Raise activation from 41 to 70 %")
    assert (certain.is_certain, certain.direction) == (True, Metric.INCREASE)
    guessed = parse("NPS over 60")
    assert (guessed.is_certain, guessed.direction) == (False, None)
    crowns = parse("Grow revenue to 5 MSEK and costs to 2", "en")
    assert crowns.currency == "SEK"
    assert parse("Grow revenue to 500 kr", "en").doubts == {Doubt.CURRENCY_GUESSED}


@pytest.mark.parametrize(
    "text",
    [
        "from " * 200,
        "1 " * 500,
        "1.1" * 400,
        "to 1 from 2 " * 80,
        "a-" * 500,
        "9" * 5000,
        "(" * 1000,
        "% " * 900,
        "von 1 auf 2 Mio. € " * 60,
        "1,000," * 300,
        "new " * 300,
        " " * 5000,
    ],
    ids=lambda text: text[:12],
)
def test_long_lines_cost_little(text: str) -> None:
    before = time.process_time()
    check_shape(text, parse(text))
    assert time.process_time() - before < 0.5
