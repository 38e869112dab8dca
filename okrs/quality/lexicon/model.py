"""What a language has to say for itself, and how the forms of its verbs are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Forms = Mapping[str, frozenset[str]]
"""A form of a verb and the particles that make it one ("roll" … "out"); "" where it stands alone."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, in lower case."""

    language: str
    # Work: forms that lead a sentence or follow its subject, forms at its end, what is left of it, and its names.
    work: Forms
    work_infinitives: frozenset[str]
    work_participles: frozenset[str]
    work_nouns: frozenset[str]
    # Work only where its object is a thing that can be handed over ("create a dashboard", not "create trust").
    soft: frozenset[str]
    # A promise rather than work where a share or a time limit stands beside it ("deliver 95 % of orders on time").
    service: frozenset[str]
    # Too common to be held against an objective, unless its object is a thing.
    mild: frozenset[str]
    # Verbs that say nothing by themselves, and the events that make them work ("hold 5 workshops").
    light: frozenset[str]
    events: frozenset[str]
    # Work that a share measures the end of ("the migration of 80 % of accounts"), and verbs that only end it.
    moving: frozenset[str]
    completing: frozenset[str]
    # How a sentence ends that only says that a thing is there ("the new CRM is live").
    finished: frozenset[str]
    # Also the first word of a noun ("launch customers"), so more is asked before it counts as a verb.
    noun_like: frozenset[str]
    # What moves a number or a state; ends the search for the verb of a sentence.
    outcome: Forms
    outcome_infinitives: frozenset[str]
    outcome_nouns: frozenset[str]
    # Verbs of a sentence about somebody else ("customers see …", "die Einführung dauert …").
    finite: frozenset[str]
    things: frozenset[str]
    intangible: frozenset[str]
    measures: frozenset[str]
    # Vague: verbs without a yardstick, words that compare with nothing, fillers that never say anything.
    vague_verbs: frozenset[str]
    vague_words: frozenset[str]
    fillers: tuple[str, ...]
    generic: frozenset[str]
    being: frozenset[str]
    # Grammar.
    and_: frozenset[str]
    while_: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    subjects: frozenset[str]
    openers: frozenset[str]
    intentions: frozenset[str]
    """Passed over where "to" follows: "plan to", not "plan the move"."""
    subordinate: frozenset[str]
    purpose: frozenset[str]
    relative: frozenset[str]
    helping: frozenset[str]
    time_prepositions: frozenset[str]
    time_words: frozenset[str]
    stop_words: frozenset[str]
    # Numbers.
    numbers: Mapping[str, int]
    number_compounds: str
    multiples: str
    nothing: str
    one_unit: str
    instead: str
    today: str
    time_limit: str
    compounds: bool
    """Whether words are joined, so that the end of a word says what it is."""


def split(text: str) -> frozenset[str]:
    """Return the words of a text; a word may hold blanks written as "_"."""
    return frozenset(word.replace("_", " ") for word in text.split())


def split_in_order(text: str) -> list[str]:
    """Return the words of a text as they stand, so that their place counts."""
    return text.split()


def with_particles(verbs: str) -> list[tuple[str, str]]:
    """Read "launch roll+out" as verbs and their particles."""
    pairs = []
    for written in verbs.split():
        verb, _, particle = written.partition("+")
        pairs.append((verb, particle))
    return pairs


def collect(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Return (form, particle) pairs as forms."""
    result: dict[str, set[str]] = {}
    for form, particle in pairs:
        result.setdefault(form, set()).add(particle)
    return {form: frozenset(particles) for form, particles in result.items()}
