"""Reading addresses out of whatever was pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.domain.pasted_addresses import read_addresses


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("maja@example.com", ["maja@example.com"]),
        ("maja@example.com, jonas@example.com", ["maja@example.com", "jonas@example.com"]),
        ("maja@example.com;jonas@example.com", ["maja@example.com", "jonas@example.com"]),
        ("maja@example.com\r\njonas@example.com\n\n", ["maja@example.com", "jonas@example.com"]),
        ("maja@example.com jonas@example.com", ["maja@example.com", "jonas@example.com"]),
        ("Maja Lind <maja@example.com>", ["maja@example.com"]),
        ("Lind, Maja <maja@example.com>, jonas@example.com", ["maja@example.com", "jonas@example.com"]),
        ('"Lind, Maja" <Maja@Example.com>; Jonas <jonas@example.com>', ["maja@example.com", "jonas@example.com"]),
        ("a@example.com, Lind, Maja <maja@example.com>", ["a@example.com", "maja@example.com"]),
        ("Maja Lind maja@example.com", ["maja@example.com"]),
        ("mailto:maja@example.com", ["maja@example.com"]),
        ("(maja@example.com)", ["maja@example.com"]),
    ],
)
def test_addresses_are_found(text: str, addresses: list[str]) -> None:
    found = read_addresses(text)
    assert found.addresses == addresses
    assert found.unreadable == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("maja@example.com", {}),
        ('"Kim Åberg" <Kim@Example.com>', {"kim@example.com": "Kim Åberg"}),
        ("a@example.com, Lind, Maja <maja@example.com>", {"maja@example.com": "Maja Lind"}),
        ("Dr. Jonas von Berg <j@example.com>; <n@example.com>", {"j@example.com": "Dr. Jonas von Berg"}),
    ],
)
def test_names_beside_addresses_are_kept(text: str, names: dict[str, str]) -> None:
    assert read_addresses(text).names == names


def test_repeated_addresses_are_told() -> None:
    found = read_addresses("maja@example.com\nMAJA@example.com\njonas@example.com")
    assert found.addresses == ["maja@example.com", "jonas@example.com"]
    assert found.repeated == ["maja@example.com"]


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        ("maja@", ["maja@"]),
        ("maja@example.com, jonas", ["jonas"]),
        ("Maja Lind", ["Maja Lind"]),
        ("Maja <>", ["Maja <>"]),
        ("Maja <maja>", ["maja"]),
    ],
)
def test_what_is_no_address_is_not_lost(text: str, unreadable: list[str]) -> None:
    assert read_addresses(text).unreadable == unreadable


_word = st.text("abcdefgh", min_size=1, max_size=8)
_address = st.builds("{}@{}.{}".format, _word, _word, st.sampled_from(["com", "de", "se"]))


@given(st.lists(_address, unique=True, max_size=20))
def test_every_address_comes_back_once(addresses: list[str]) -> None:
    for separator in (", ", "; ", "\n", " "):
        assert read_addresses(separator.join(addresses)).addresses == addresses


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    found = read_addresses(text)
    assert len(set(found.addresses)) == len(found.addresses)
