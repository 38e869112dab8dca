"""Work told by how much of it is done: "complete the migration of 80 % of accounts"."""

from okrs.quality.lexicon import Lexicon
from okrs.quality.numbers import Numbers
from okrs.quality.sentence import Token, Tokens, head_index, is_one_of


def share_of_work(part: Tokens, lexicon: Lexicon, numbers: Numbers) -> Token | None:
    """Return the name of work whose end a share stands for, or None.

    A share is a promise elsewhere ("95 % of orders"), and beside a time limit it stays one.
    """
    if not numbers.has_share or numbers.has_limit:
        return None
    body = _without_end(part, lexicon)
    index, _has_subject = head_index(body, lexicon)
    is_ended = body is not part
    if index < len(body) and body[index].lower in lexicon.completing:
        is_ended = True
        index += 1
    while index < len(body) and body[index].lower in lexicon.determiners:
        index += 1
    end = next((place for place in range(index, len(body)) if _ends_name(body[place], lexicon)), len(body))
    names = [place for place in range(index, end) if is_one_of(body[place].text, lexicon.moving, lexicon)]
    # The last word of a name says what it is, where words are not joined: a "migration error" is an error. A genitive
    # or an adjective may stand around it elsewhere: "Rollout des neuen CRM in …".
    if not names or (lexicon.language == "en" and names[-1] != end - 1):
        return None
    rest = body[names[0] + 1 :]
    share = next((place for place, token in enumerate(rest) if token.is_number), None)
    between = rest if share is None else rest[:share]
    if share is None or not between or not all(token.is_word for token in between):
        return None
    # Without "complete" the share stands at once, and no verb follows that tells what the work does, or others with it.
    if not is_ended and (len(between) > 1 or between[0].lower not in lexicon.prepositions):
        return None
    told = between if is_ended else rest
    if any(token.lower in lexicon.finite or token.lower in lexicon.outcome_infinitives for token in told):
        return None
    return body[names[0]]


def _ends_name(token: Token, lexicon: Lexicon) -> bool:
    return not token.is_word or token.lower in lexicon.prepositions


def _without_end(part: Tokens, lexicon: Lexicon) -> Tokens:
    """Leave out what only says that it is over: "abschließen", "is complete"."""
    if len(part) < 2 or part[-1].lower not in lexicon.completing:
        return part
    return part[:-2] if part[-2].lower in {"is", "are", "ist", "sind", "är"} else part[:-1]
