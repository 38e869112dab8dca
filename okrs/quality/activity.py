"""An activity posing as a result: the main verb (or the noun made of it) names work."""

from okrs.quality.lexicon import Lexicon
from okrs.quality.lexicon.model import split
from okrs.quality.moving import share_of_work
from okrs.quality.numbers import Numbers
from okrs.quality.sentence import Token, Tokens, head_index, is_form, is_one_of, main_clause, phrase_at, trimmed
from okrs.quality.several import parts_of
from okrs.quality.statement import Kind

_CLEAR_ENDS = split(
    "orders order costs cost answers answer needs need uses use works work starts start runs run drops drop"
    " falls fall rises rise increases increase decreases decrease scores score rates rate leads lead signs sign"
    " returns return waits wait likes like wants want closes close wins win hits hit trust stays stay visits"
    " make"
)


_ABLE = split("können kann könnten dürfen darf")
_MUST = split("muss müssen müssten")
_SHAPING = split("gestalten aufstellen")


def activity_in(tokens: Tokens, lexicon: Lexicon, kind: Kind, numbers: Numbers) -> Token | None:
    """Return the word that names work, or None where the statement says what becomes of it."""
    if numbers.has_change:
        return None
    # Of several goals the first says what the sentence is.
    main = main_clause(tokens, lexicon)
    found = _in_part(trimmed(parts_of(main, lexicon)[0], lexicon), lexicon, numbers)
    if found is None:
        return None
    word, index, clause = found
    if phrase_at(clause, index, lexicon.finished):
        return word
    object_ = clause if lexicon.language == "de" else clause[index + 1 :]
    if kind is Kind.OBJECTIVE and len(main) < len(tokens) and word.lower in lexicon.soft:
        return None  # "a team that stays" says what will be different
    return word if _counts(word, object_, lexicon, kind) else None


def _in_part(part: Tokens, lexicon: Lexicon, numbers: Numbers) -> tuple[Token, int, Tokens] | None:
    if not part:
        return None
    if (moved := share_of_work(part, lexicon, numbers)) is not None:
        return moved, len(part), part
    promised = numbers.has_share or numbers.has_limit
    index, has_subject = head_index(part, lexicon)
    if index < len(part):
        word = part[index]
        if _holds_event(part, index, has_subject, lexicon):
            return word, index, part
        if _leads(part, index, has_subject, lexicon, numbers):
            return None if promised and word.lower in lexicon.service else (word, index, part)
        # In German the particle or a second verb may still come, elsewhere the search is over.
        is_last = lexicon.language != "de" or word.lower not in lexicon.outcome_infinitives or index == 0
        if is_last and is_form(part, index, lexicon.outcome):
            return None
    if lexicon.language != "en" and (found := _second(part, lexicon)) is not None:
        return found
    if lexicon.language == "de" and (found := _last_infinitive(part, lexicon, promised)) is not None:
        return found
    if (found := _participle(part, lexicon, numbers, promised)) is not None:
        return found
    return _noun(part, index, lexicon, promised)


def _holds_event(part: Tokens, index: int, has_subject: bool, lexicon: Lexicon) -> bool:
    """Whether a verb that says nothing by itself has an event for its object: "hold 5 workshops"."""
    if part[index].lower not in lexicon.light or (lexicon.language == "de" and index and not has_subject):
        return False
    # The event is the object itself, which ends at the first preposition.
    for token in part[index + 1 :]:
        if token.lower in lexicon.prepositions | lexicon.finite:
            return False
        if is_one_of(token.text, lexicon.events, lexicon):
            return True
    return False


def _leads(part: Tokens, index: int, has_subject: bool, lexicon: Lexicon, numbers: Numbers) -> bool:
    """Whether the word at `index` is a verb of work that leads the clause."""
    word = part[index].lower
    if not is_form(part, index, lexicon.work) or word.endswith("-"):
        return False
    if lexicon.language == "de":
        if index == 0 and part[index + 1 : index + 2] and part[index + 1].text == "Sie":
            return True
        # "Führe … ein", "Wir führen … ein"; an infinitive at the beginning is a noun and looked at as such.
        return has_subject or (index == 0 and word not in lexicon.work_infinitives and part[index].text[0].isupper())
    rest = part[index + 1 :]
    if lexicon.language == "sv":
        if has_subject:
            return True
        if word not in lexicon.noun_like:
            return bool(rest) or index > 0
        return bool(rest) and rest[0].text.isalnum() and rest[0].lower not in lexicon.prepositions | lexicon.finite
    if word.endswith("s") and not has_subject and word not in {"process", "discuss", "assess"}:
        return False
    like_noun = word in lexicon.noun_like or word.endswith("ing") or word in lexicon.work_participles
    if not like_noun or has_subject:
        return bool(rest)
    return _is_verb(rest, lexicon, numbers, word in lexicon.work_participles)


def _is_verb(rest: Tokens, lexicon: Lexicon, numbers: Numbers, is_past: bool) -> bool:
    """Whether an English word that may be noun or verb is a verb, by what follows."""
    if not rest or rest[0].lower in {"of", "per", "is", "are", "/"}:
        return False
    if rest[0].lower in lexicon.and_:  # "design and launch the campaign", not "research and development speak …"
        return len(rest) > 2 and is_form(rest, 1, lexicon.work) and rest[2].lower not in lexicon.finite - _CLEAR_ENDS
    noun: Tokens = []
    following = None
    for token in rest:
        is_end = token.lower in lexicon.prepositions | lexicon.determiners or not token.is_word
        if is_end or (noun and token.lower in lexicon.finite - _CLEAR_ENDS):
            following = token
            break
        noun.append(token)
    if not noun:
        return True
    if following is not None and following.lower in lexicon.finite:
        return False
    if noun[0].lower.endswith("ed") or (numbers.has_share and len(noun) > 1 and noun[-1].lower.endswith("s")):
        return False  # "audit passed …", "test automation catches 90 % …"
    if is_past and len(noun) > 1 and following is not None and not following.is_word:
        return False  # "published articles attract 20,000 readers"
    if numbers.has_share and following is not None and following.lower in {"at", "of", "above", "below", "under"}:
        return False
    number_follows = following is None or (following.lower in lexicon.prepositions or not following.is_word)
    return not (number_follows and numbers.has_number and any(token.lower in lexicon.measures for token in noun))


def _second(part: Tokens, lexicon: Lexicon) -> tuple[Token, int, Tokens] | None:
    """A verb of work with its subject behind it: "Bis Juni führen wir … ein", "I juni lanserar vi …"."""
    for index in range(1, len(part) - 1):
        if part[index + 1].lower in lexicon.subjects - {"team", "alle", "alla"} and is_form(part, index, lexicon.work):
            return part[index], index, part
    return None


def _last_infinitive(part: Tokens, lexicon: Lexicon, promised: bool) -> tuple[Token, int, Tokens] | None:
    """German: the infinitive at the end of the clause."""
    index = len(part) - 1
    if index < 1 or part[index].text[0].isupper():
        return None
    word = part[index].lower
    if any(token.lower in _ABLE for token in part):
        return None  # what people can do by then is an outcome
    if not head_index(part, lexicon)[1] and any(token.lower in _MUST for token in part[1:]):
        return None  # "nobody must call twice" is what others do; what we must is work
    if word in _SHAPING and _is_comparative(part[index - 1]):
        return None  # "make it simpler"
    events = any(is_one_of(token.text, lexicon.events, lexicon) for token in part[:index])
    if word in lexicon.light and events and not any(token.lower in lexicon.prepositions for token in part[:1]):
        return part[index], index, part
    if word not in lexicon.work_infinitives or part[index - 1].lower == "zu":
        return None
    return None if promised and word in lexicon.service else (part[index], index, part)


def _is_comparative(token: Token) -> bool:
    return token.text[0].islower() and len(token.text) > 5 and token.lower.endswith("er")


def _finished(part: Tokens, lexicon: Lexicon) -> tuple[Token, int, Tokens] | None:
    """A thing that is there: "The new CRM is live"."""
    for index in (len(part) - 1, len(part) - 2):
        if index > 0 and index + phrase_at(part, index, lexicon.finished) == len(part):
            names = lexicon.things | lexicon.work_nouns
            is_thing = any(is_one_of(token.text, names, lexicon) for token in part[:index])
            return (part[index], index, part) if is_thing else None
    return None


def _participle(part: Tokens, lexicon: Lexicon, numbers: Numbers, promised: bool) -> tuple[Token, int, Tokens] | None:
    """What is left of the work at the end: "New pricing model introduced", "SSO ist eingeführt"."""
    if promised or len(part) < 2:
        return None
    if not numbers.has_number and (ready := _finished(part, lexicon)) is not None:
        return ready
    last = len(part) - 1
    if part[last].lower in {"wurde", "wird", "ist", "sind", "werden", "wurden", "haben", "hat"}:
        last -= 1
    last = _before_place(part, last, lexicon) if not numbers.has_number else last
    word = part[last].lower
    two = f"{part[last - 1].lower} {word}"
    if part[last].text[0].isupper() or (word not in lexicon.work_participles and two not in lexicon.work_participles):
        return None
    # "Everything we have promised": somebody else's sentence tells of somebody else's work.
    others = [token for token in part[:last] if token.lower in lexicon.finite - _AUXILIARIES]
    return None if others else (part[last], last, part)


def _before_place(part: Tokens, last: int, lexicon: Lexicon) -> int:
    """Where the participle stands that something with a preposition follows: "requirements created for the portal"."""
    if lexicon.language != "de":
        for index in range(1, last):
            if part[index].lower in lexicon.work_participles and part[index + 1].lower in lexicon.prepositions:
                return index
    return last


_OF = frozenset({"of", "for", "to", "in", "with", "across", "at", "on"})
_AUXILIARIES = split(
    "is are was were be has have had been ist sind war waren wird werden wurde wurden hat haben är var har"
    " hade blir blev"
)


def _noun(part: Tokens, index: int, lexicon: Lexicon, promised: bool) -> tuple[Token, int, Tokens] | None:
    """The name of work as the head of the clause: "Implementation of SSO", "CRM-Einführung"."""
    if promised or any(token.lower in lexicon.finite for token in part[1:]):
        return None
    if lexicon.language == "de" and any(
        token.text[0].islower() and token.lower in lexicon.outcome_infinitives | lexicon.work_infinitives
        for token in part[1:]
    ):
        return None
    while index < len(part) and (part[index].lower in lexicon.determiners or _is_adjective(part, index, lexicon)):
        index += 1
    head = index
    if lexicon.language != "de":
        while head + 1 < len(part) and part[head + 1].is_word and part[head + 1].lower not in lexicon.prepositions:
            head += 1
    if head >= len(part) or not part[head].is_word or part[head].text.endswith("-"):
        return None
    word = part[head]
    names_work = is_one_of(word.text, lexicon.work_nouns, lexicon) or (
        lexicon.language == "de" and word.lower in lexicon.work_infinitives and word.text[0].isupper()
    )
    names_work = names_work or (lexicon.language == "en" and word.lower.endswith("ing") and word.lower in lexicon.work)
    if not names_work or word.lower in lexicon.measures:
        return None
    joined = next((place for place in range(index + 1, head) if part[place].lower in lexicon.and_), None)
    if joined is not None and not is_one_of(part[joined - 1].text, lexicon.work_nouns, lexicon):
        return None  # "forskning och utveckling": the name of a field, not of work
    following = part[head + 1].lower if head + 1 < len(part) else ""
    if following in lexicon.and_ and not (
        head + 2 < len(part) and is_one_of(part[head + 2].text, lexicon.work_nouns, lexicon)
    ):
        return None
    if lexicon.language == "en":
        is_name = following in {"of", "for", "to", "in", "with", "across", "at", "on"} or (
            not following and head > index
        )
        return (word, head, part) if is_name else None
    is_capital_next = head + 1 < len(part) and part[head + 1].text[0].isupper()
    if lexicon.language == "de" and is_capital_next and following not in lexicon.prepositions | lexicon.determiners:
        return None
    return word, head, part


def _is_adjective(part: Tokens, index: int, lexicon: Lexicon) -> bool:
    word = part[index].text
    return lexicon.language == "de" and word[0].islower() and word.endswith(("e", "er", "es", "en", "em"))


def _heads(names: Tokens, rest: Tokens, lexicon: Lexicon) -> Tokens:
    """The words that say what the object is: "book" of "a brand book"; where words are joined, any of them."""
    if lexicon.compounds:
        return names
    end = next((place for place, token in enumerate(rest) if token.lower in lexicon.prepositions), len(rest))
    return [token for token in rest[:end] if token.is_word][-1:]


def _counts(word: Token, rest: Tokens, lexicon: Lexicon, kind: Kind) -> bool:
    """Whether work counts as such: what is no thing is an outcome, and an objective may say more than a key result."""
    names = [token for token in rest if token.is_word and token.lower != word.lower]
    has_thing = any(is_one_of(token.text, lexicon.things, lexicon) for token in names)
    if word.lower in lexicon.light and any(is_one_of(token.text, lexicon.events, lexicon) for token in names):
        return True
    if "" in lexicon.outcome.get(word.lower, ()) and "" in lexicon.work.get(word.lower, ()):
        return has_thing  # "hold 5 workshops", but "hold churn below 2 %"
    is_phrase = bool(rest) and rest[0].lower in lexicon.work.get(word.lower, frozenset())
    if word.lower in lexicon.soft and not is_phrase:
        if any(is_one_of(token.text, lexicon.intangible, lexicon) for token in _heads(names, rest, lexicon)):
            return False
        return has_thing or kind is Kind.KEY_RESULT
    return kind is Kind.KEY_RESULT or has_thing or word.lower not in lexicon.mild
