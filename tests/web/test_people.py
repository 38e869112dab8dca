import pytest

from okrapp.web.people import HUES, hue, initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maja Lindqvist", "ML"),
        ("elin", "E"),
        ("Karl-Heinz von Braun", "KH"),
        ("Åsa Öberg", "ÅÖ"),
        ("", "?"),
        ("(deleted) Person", "P"),
        ("  ", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_keeps_its_hue() -> None:
    names = [f"Person {number}" for number in range(60)]
    assert [hue(name) for name in names] == [hue(name) for name in names]
    assert {hue(name) for name in names} == set(range(HUES))
