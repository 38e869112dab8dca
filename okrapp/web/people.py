"""How a name is drawn where there is no picture: initials on one of six hues."""

HUES = 6


def initials(name: str) -> str:
    """Up to two letters for a name: first letters of its first two words, upper case; "?" for an empty name."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def hue(name: str) -> int:
    """A number from 0 to 5, always the same for the same name; the class `av-<number>` paints it."""
    return sum((position + 3) * ord(letter) for position, letter in enumerate(name)) % HUES
