"""Several goals in one sentence: a second verb with its own object, or a second number of its own."""

from okrs.quality.lexicon import Lexicon
from okrs.quality.numbers import Numbers
from okrs.quality.sentence import Token, Tokens, head_index, is_form, is_one_of, main_clause, phrase_at

_SIGNS = frozenset(";.,")


def parts_of(tokens: Tokens, lexicon: Lexicon) -> list[Tokens]:
    """Return the clause cut where another goal begins; the whole clause where there is one goal only."""
    parts = []
    since = 0
    for index, length in _joints(tokens, lexicon):
        left, right = tokens[since:index], tokens[index + length :]
        is_while = phrase_at(tokens, index, lexicon.while_) > 0
        if index > since and right and _begins_goal(left, right, lexicon, is_while):
            parts.append(left)
            since = index + length
    return [*parts, tokens[since:]]


def second_goal(tokens: Tokens, lexicon: Lexicon, numbers: Numbers) -> Token | None:
    """Return the word that joins a second goal to the first, or None."""
    clause = main_clause(tokens, lexicon)
    parts = parts_of(clause, lexicon)
    if len(parts) > 1:
        return clause[clause.index(parts[1][0]) - 1]
    return (
        _second_sentence(tokens, lexicon) or _second_number(tokens, lexicon, numbers) or _two_measures(clause, lexicon)
    )


def _joints(tokens: Tokens, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return (index, length) of every "and", comma and the like, "and at the same time" as one."""
    words = lexicon.and_ | lexicon.while_
    joints = []
    index = 0
    while index < len(tokens):
        end = index
        while end < len(tokens) and (length := phrase_at(tokens, end, words) or int(tokens[end].text in _SIGNS)):
            end += length
        if end > index:
            joints.append((index, end - index))
        index = max(end, index + 1)
    return joints


def _is_goal_verb(tokens: Tokens, index: int, lexicon: Lexicon) -> bool:
    return (
        is_form(tokens, index, lexicon.work)
        or is_form(tokens, index, lexicon.outcome)
        or tokens[index].lower in lexicon.vague_verbs
    )


def _begins_goal(left: Tokens, right: Tokens, lexicon: Lexicon, is_while: bool) -> bool:
    """Whether `right` is a goal of its own beside the one in `left`."""
    if lexicon.language == "de":
        return _begins_german_goal(left, right, lexicon)
    index, _ = head_index(left, lexicon)
    if _is_noun_of(left, lexicon.outcome_nouns) and _is_noun_of(right, lexicon.outcome_nouns):
        return True
    if index >= len(left) or not _is_goal_verb(left, index, lexicon):
        return False
    if len(left) - index < 2:  # "design and launch the campaign" is one goal
        return False
    if any(token.lower in lexicon.helping for token in left[index : index + 1]) or _is_nested(left, index, lexicon):
        return False
    begin, _ = head_index(right, lexicon)
    if begin + 1 < len(right) and _acts_like_verb(right[begin], right[begin + 1], lexicon):
        return True
    if begin + 1 >= len(right) or not _is_goal_verb(right, begin, lexicon):
        return False
    if _is_goal_verb(left, len(left) - 1, lexicon) and left[-1].lower not in lexicon.noun_like:
        return False  # "… to find and open a document"
    word, following = right[begin].lower, right[begin + 1]
    if word in lexicon.noun_like or word in lexicon.measures or word in lexicon.things:
        return following.lower in lexicon.determiners or following.is_number or following.lower in lexicon.numbers
    if lexicon.language == "en" and word.endswith(("ing", "s", "ed")):
        return is_while and word.endswith("ing") and following.is_word and following.lower not in lexicon.prepositions
    return following.is_word or following.is_number


def _acts_like_verb(word: Token, following: Token, lexicon: Lexicon) -> bool:
    """Whether a word that is in no list can only be a verb behind "and": "… and summarise the findings"."""
    known = lexicon.determiners | lexicon.prepositions | lexicon.openers | lexicon.relative | lexicon.subordinate
    if not word.text.islower() or word.lower in known | lexicon.finite | lexicon.stop_words:
        return False
    if lexicon.language == "en":
        return following.lower in {"the", "a", "an", "our", "their", "its", "your"} and not word.lower.endswith(
            ("ly", "ing")
        )
    is_definite = following.text.islower() and following.lower.endswith(("en", "et", "arna", "erna", "orna"))
    is_owned = following.lower in {"vår", "vårt", "våra", "sin", "sina", "alla", "en", "ett"}
    return word.lower.endswith("a") and (is_definite or is_owned)


def _is_noun_of(tokens: Tokens, nouns: frozenset[str]) -> bool:
    """Whether a goal is written as a noun: "Erhöhung des Umsatzes", "ökning av intäkterna"."""
    return len(tokens) > 2 and tokens[0].lower in nouns and not tokens[1].text[0].isupper()


def _is_nested(left: Tokens, index: int, lexicon: Lexicon) -> bool:
    """Whether the last verb of `left` hangs on another: "the share of people who log in", "the time to log in"."""
    for place in range(index + 1, len(left)):
        token = left[place]
        if token.lower in lexicon.relative and token.lower not in {"att"}:
            return True
        if token.lower in {"to", "att"} and place + 1 < len(left) and _is_goal_verb(left, place + 1, lexicon):
            return left[place + 1].lower not in lexicon.noun_like
    return False


def _begins_german_goal(left: Tokens, right: Tokens, lexicon: Lexicon) -> bool:
    infinitives = lexicon.work_infinitives | lexicon.outcome_infinitives | lexicon.vague_verbs
    if right[0].lower in lexicon.subordinate - {"so"} and right[0].lower not in lexicon.determiners:
        return False
    left_infinitives = [
        index
        for index, token in enumerate(left)
        if index and token.text[0].islower() and token.lower in infinitives and left[index - 1].lower != "zu"
    ]
    next_part = _until_joint(right, lexicon)
    if left_infinitives and left_infinitives[-1] >= len(left) - 3:
        ends = next_part[-1] if next_part else None
        later = [
            index
            for index, token in enumerate(next_part)
            if index and token.text[0].islower() and token.lower in infinitives and next_part[index - 1].lower != "zu"
        ]
        if later and ends is not None:
            return True
        # An infinitive that is in no list, at the end as the first one is.
        if left_infinitives[-1] == len(left) - 1 and ends is not None and len(next_part) > 1:
            return ends.text.islower() and ends.lower.endswith(("en", "ern", "eln")) and next_part[-2].lower != "zu"
    if _is_noun_of(left, lexicon.outcome_nouns) and _is_noun_of(right, lexicon.outcome_nouns | lexicon.work_nouns):
        return True
    index, has_subject = head_index(left, lexicon)
    if index < len(left) - 1 and (index == 0 or has_subject) and _is_finite(left, index, has_subject, lexicon):
        begin, _ = head_index(right, lexicon)
        return begin + 1 < len(right) and _is_finite(right, begin, True, lexicon) and right[begin].text[0].islower()
    return False


def _is_finite(tokens: Tokens, index: int, has_subject: bool, lexicon: Lexicon) -> bool:
    if not _is_goal_verb(tokens, index, lexicon):
        return False
    return has_subject or tokens[index].lower not in lexicon.work_infinitives | lexicon.outcome_infinitives


def _until_joint(tokens: Tokens, lexicon: Lexicon) -> Tokens:
    joints = _joints(tokens, lexicon)
    return tokens[: joints[0][0]] if joints else tokens


def _second_sentence(tokens: Tokens, lexicon: Lexicon) -> Token | None:
    """Two sentences, each with a verb of its own."""
    for index, token in enumerate(tokens[1:-2], start=1):
        if token.text in {".", ";"} and tokens[index + 1].text[0].isupper():
            right = tokens[index + 1 :]
            begin, _ = head_index(right, lexicon)
            last = [one for one in right if one.is_word]
            is_goal = begin < len(right) and _is_goal_verb(right, begin, lexicon)
            if is_goal or (last and last[-1].lower in lexicon.work_infinitives | lexicon.outcome_infinitives):
                return token
    return None


def _second_number(tokens: Tokens, lexicon: Lexicon, numbers: Numbers) -> Token | None:
    """A number on either side of "and", the second one with something of its own to measure."""
    if len(numbers.quantities) < 2:
        return None
    joints = _joints(tokens, lexicon)
    for index, length in joints:
        if tokens[index].text in {",", "."}:
            continue
        left, right = tokens[:index], tokens[index + length :]
        if not right or not right[0].is_word or right[0].lower in lexicon.numbers:
            continue
        first = next((place for place, token in enumerate(right) if token.is_number), None)
        if first is None or not any(token.is_number for token in left):
            continue
        before = [token for token in right[:first] if token.lower not in lexicon.prepositions | lexicon.determiners]
        own = [
            token
            for token in before
            if token.is_word and token.lower not in lexicon.time_words | lexicon.time_prepositions | lexicon.relative
        ]
        led = right[first - 1].lower in lexicon.prepositions or any(t.lower in lexicon.finite for t in before)
        is_nested = any(token.lower in lexicon.relative for token in left[1:])
        if own and led and not is_nested and _measured(right[first:], numbers):
            return tokens[index]
    return None


def _measured(tail: Tokens, numbers: Numbers) -> bool:
    """Whether the tail holds one of the numbers that measure something, rather than a date."""
    digits = {str(one.bare.normalize()) for one in numbers.quantities} | {str(one.bare) for one in numbers.quantities}
    return any(token.text.replace(",", ".") in digits for token in tail if token.is_number)


def _two_measures(tokens: Tokens, lexicon: Lexicon) -> Token | None:
    """One verb, two things to measure: "Increase revenue and margin"."""
    verbs = [index for index in range(len(tokens)) if _moves(tokens, index, lexicon)]
    if not verbs:
        return None
    for index in range(1, len(tokens) - 1):
        if not phrase_at(tokens, index, lexicon.and_):
            continue
        begins = [token.lower for token in tokens[:index] if token.lower in lexicon.prepositions]
        closing = [
            place
            for place in range(index + 1, len(tokens))
            if place in verbs
            or _ends(tokens[place], lexicon)
            or (place > index + 1 and tokens[place].lower in lexicon.determiners)  # "quality of the …"
        ]
        end = closing[0] if closing else len(tokens)
        # No more than "our", one word that says whose, and the measure itself.
        both = is_one_of(tokens[index - 1].text, lexicon.measures, lexicon) and is_one_of(
            tokens[end - 1].text, lexicon.measures, lexicon
        )
        if both and not begins and 1 <= end - index - 1 <= 2:
            return tokens[index]
    return None


def _ends(token: Token, lexicon: Lexicon) -> bool:
    return not token.is_word or token.lower in lexicon.prepositions


def _moves(tokens: Tokens, index: int, lexicon: Lexicon) -> bool:
    word = tokens[index].lower
    if lexicon.language == "de":
        return word in lexicon.outcome_infinitives or (index == 0 and word in lexicon.outcome)
    return index <= 2 and is_form(tokens, index, lexicon.outcome)
