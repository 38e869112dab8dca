"""A title cut into words, clauses and the places where its verb may stand."""

import re
from dataclasses import dataclass

from okrs.quality.lexicon import Lexicon
from okrs.quality.lexicon.model import Forms

_TOKEN = re.compile(r"\d[\d.,]*\d(?!\w)|\d+(?!\w)|[^\W_]+(?:[-'’][^\W_]+)*-?|[^\w\s]")
_LABEL = re.compile(
    r"\A\W*(?:(?:KR|O|Objective|Key Result|Ziel|Mål|Goal)\s?\d*\s?[:.)–-]\s*|[•*·–—-]\s+|\d+[.)]\s+)", re.I
)
_BREAKS = frozenset(",;:.!?()[]–—")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign and where it stands in the title."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()


Tokens = list[Token]


def tokens_of(title: str) -> Tokens:
    """Return the words, numbers and signs of a title, without a label such as "KR 1:" in front."""
    label = _LABEL.match(title)
    begin = label.end() if label else 0
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(title, begin)]


def phrase_at(tokens: Tokens, index: int, phrases: frozenset[str]) -> int:
    """Return how many words of a phrase stand at `index`: 0 for none."""
    for length in (3, 2, 1):
        words = tokens[index : index + length]
        if len(words) == length and " ".join(word.lower for word in words) in phrases:
            return length
    return 0


def is_form(tokens: Tokens, index: int, forms: Forms) -> bool:
    """Whether a verb stands at `index`, with its particle behind it where it needs one."""
    particles = forms.get(tokens[index].lower)
    if particles is None:
        return False
    if "" in particles:
        return True
    for token in tokens[index + 1 :]:
        if token.text in _BREAKS:
            return False
        if token.lower in particles:
            # "gör om kassan", not "gör det lättare att läsa om priser"
            return token.lower != "om" or token is tokens[index + 1]
    return False


def head_index(tokens: Tokens, lexicon: Lexicon) -> tuple[int, bool]:
    """Return where the first verb would stand and whether "we" or the like stands before it.

    "By the end of June, we will", "To", "Successfully" are passed over.
    """
    index = after_time(tokens, 0, lexicon)
    has_subject = False
    while index < len(tokens):
        word = tokens[index].lower
        following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if word in lexicon.determiners and following in {"team", "teamet"}:
            has_subject = True
            index += 2
        elif word in lexicon.subjects:
            has_subject = True
            index += 1
        elif word in lexicon.intentions and following == "to":
            index += 2
        elif (
            (word in {"have", "has"} and following in lexicon.work_participles)
            or word in lexicon.openers
            or (word == "to" and lexicon.language == "en")
        ):
            index += 1
        else:
            break
    return index, has_subject


def after_time(tokens: Tokens, index: int, lexicon: Lexicon) -> int:
    """Return the index behind a phrase of time at `index` ("by the end of Q3,"), or `index` without one."""
    if index >= len(tokens) or tokens[index].lower not in lexicon.time_prepositions:
        return index
    end = index + 1
    said = False
    while end < len(tokens):
        word = tokens[end].lower
        if word in lexicon.time_words or tokens[end].is_number or word in lexicon.time_prepositions:
            said = said or word in lexicon.time_words - lexicon.determiners or re.fullmatch(r"20\d\d", word) is not None
        elif not (tokens[end].text in {".", "/"} and end + 1 < len(tokens) and tokens[end + 1].is_number):
            break
        end += 1
    if not said:
        return index
    return end + 1 if end < len(tokens) and tokens[end].text == "," else end


def main_clause(tokens: Tokens, lexicon: Lexicon) -> Tokens:
    """Return the tokens up to what only explains them: "so that …", ", damit …", "to …" stays in."""
    begin = after_time(tokens, 0, lexicon)
    for index in range(begin + 1, len(tokens)):
        token = tokens[index]
        if phrase_at(tokens, index, lexicon.purpose) and _is_purpose(tokens, index):
            return tokens[:index]
        before_comma = tokens[index - 1].text == ","
        if before_comma and (token.lower in lexicon.subordinate or token.lower in lexicon.relative):
            return tokens[: index - 1]
        if token.text == "(":
            return tokens[:index]
        if lexicon.language != "de" and token.lower in lexicon.relative & {"who", "which", "whose", "that", "som"}:
            if tokens[index - 1].lower == "samtidigt":
                continue
            return tokens[:index]
    return tokens


def _is_purpose(tokens: Tokens, index: int) -> bool:
    """Whether a word of purpose is one: German "um" may also be a particle ("setze … um") or count ("um 20 %")."""
    if tokens[index].lower == "um":
        return any(token.lower == "zu" for token in tokens[index + 1 :]) and not tokens[index + 1].is_number
    return tokens[index].lower != "så" or index > 2


def trimmed(tokens: Tokens, lexicon: Lexicon) -> Tokens:
    """Return the tokens without signs, brackets and a phrase of time at the end."""
    end = len(tokens)
    while end and tokens[end - 1].text in _BREAKS:
        end -= 1
    for index in range(max(1, end - 7), end):
        reached = after_time(tokens[:end], index, lexicon)
        if reached >= end > index:
            return trimmed(tokens[:index], lexicon)
    return tokens[:end]


def is_one_of(word: str, words: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether a word is among others; where words are joined, also when it ends like one of at least five letters."""
    lower = word.lower()
    last = lower.rpartition("-")[2]
    if lower in words or last in words:
        return True
    return lexicon.compounds and any(len(one) >= 5 and lower.endswith(one) for one in words)
