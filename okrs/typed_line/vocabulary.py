"""The words the typed line knows, in three languages, as regular expressions.

Each language has its own list, since the words also tell which language a line is in. The rules look for
the words of all three at once: people mix languages, and the few words that two share mean the same in
both.
"""

import re
from dataclasses import dataclass

LANGUAGES = ("en", "de", "sv")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Alternatives of one language; each is matched as whole words, ignoring case."""

    increase: str
    decrease: str
    improve: str
    keep: str
    reach: str
    count: str
    done: str
    baseline: str
    lower_is_better: str
    from_: str
    to: str
    today: str
    by: str
    between: str
    and_: str
    at_least: str
    above: str
    below: str
    about: str
    more: str
    less: str
    adjectives: str
    not_units: str
    common: str


VOCABULARIES: dict[str, Vocabulary] = {
    "en": Vocabulary(
        increase=r"increas\w*|rais(?:e|es|ed|ing)|grow(?:s|n|ing)?|boost\w*|lift(?:s|ed|ing)?|expand\w*|double|triple",
        decrease=r"reduc\w*|decreas\w*|lower(?:s|ed|ing)?|cut(?:s|ting)?|shrink\w*|drop(?:s|ped|ping)?|shorten\w*"
        r"|slash\w*|minimi[sz]\w*|halve\w*|bring(?:ing)? down|get(?:ting)? down|drive down",
        improve=r"improv\w*|mov(?:e|es|ing)|bring(?:s|ing)?|tak(?:e|es|ing)|get(?:s|ting)?|chang(?:e|es|ing)"
        r"|go(?:es|ing)?|driv(?:e|es|ing)",
        keep=r"keep\w*|kept|stay\w*|remain\w*|hold(?:s|ing)?|maintain\w*|sustain\w*|never",
        reach=r"reach\w*|achiev\w*|hit(?:s|ting)?|attain\w*|exceed\w*|get to",
        count=r"win(?:s|ning)?|sign(?:s|ed|ing)?(?: up)?|hir(?:e|es|ing)|interview\w*|conduct\w*|acquir\w*|onboard\w*"
        r"|recruit\w*|clos(?:e|es|ing)|publish\w*|ship\w*|run(?:s|ning)?|hold(?:s|ing)?|launch\w*|deliver\w*"
        r"|train\w*|gain(?:s|ed|ing)?|complet\w*|generat\w*|book\w*|write|finish\w*|certify\w*|land(?:s|ed|ing)?"
        r"|attract(?:s|ing)?",
        done=r"launch\w*|releas\w*|ship\w*|introduc\w*|implement\w*|roll(?:s|ed|ing)? out|migrat\w*|build\w*|creat\w*"
        r"|write|publish\w*|finish\w*|complet\w*|set(?:ting)? up|deliver\w*|hir(?:e|es|ing)|sign\w*|open(?:s|ed|ing)?"
        r"|replac\w*|start(?:s|ed|ing)?|defin\w*|decid\w*|agree\w*|document\w*|redesign\w*|automat\w*|appoint\w*",
        baseline=r"find(?:ing)? out|base ?line|(?:establish|set|get|determine|define) (?:a|the|our) (?:base ?line"
        r"|starting point)|measure how|learn how (?:many|much|often|long)|figure out",
        lower_is_better=r"churn|attrition|turnover rate|bugs?|errors?|defects?|incidents?|complaints?|outages?|downtime"
        r"|response times?|lead times?|cycle times?|load(?:ing)? times?|time to \w+|costs?|expenses?|waste|latency"
        r"|debts?|accidents?|sick(?:ness)? (?:days|leave)|no-shows?|backlog|waiting times?|emissions|spend|bounce rate",
        from_=r"from",
        to=r"to",
        today=r"today|now|currently|at present|was|were",
        by=r"by",
        between=r"between|within",
        and_=r"and",
        at_least=r"at least|no less than|not less than|more than|a minimum of|minimum|min\.",
        above=r"above|over|higher than|greater than|exceeding",
        below=r"below|under|less than|lower than|fewer than|at most|no more than|not more than|a maximum of|maximum"
        r"|max\.|up to",
        about=r"about|around|roughly|approximately|nearly|almost|only|just|ca\.?",
        more=r"more|higher",
        less=r"less|fewer|lower",
        adjectives=r"new|active|paying|qualified|happy|open|additional|enterprise|monthly|weekly|daily|critical"
        r"|product|customer|key|large|full|working|business|unique|net",
        not_units=r"a|an|and|as|at|by|during|each|every|for|from|in|into|is|of|on|or|per|since|so|than|that|the|their"
        r"|this|through|to|until|via|when|where|which|while|with|within|without|before|after|across|among|are|was|our"
        r"|who|if|but|because|per|over|under|above|below|between|compared|year|today|now|currently|all|more|less|fewer|higher|lower|or",
        common=r"the|of|and|to|from|by|for|our|with|in|a|is|keep|find|out|at|least|how|new",
    ),
    "de": Vocabulary(
        increase=r"steiger\w*|gesteigert|erhöh\w*|erhoeh\w*|anheb\w*|angehoben|anzuheben|heb(?:e|en|t)|wachs\w*|wächst"
        r"|vergrößer\w*|ausbau\w*|ausgebaut|auszubauen|hochfahren|verdoppel\w*|verdreifach\w*|stärk\w*|mehr werden"
        r"|anstieg|zuwachs",
        decrease=r"reduzier\w*|reduktion|senk\w*|gesenkt|abzusenken|absenk\w*|verringer\w*|verkürz\w*|minder\w*"
        r"|verminder\w*|minimier\w*|drück\w*|gedrückt|halbier\w*|herunter\w*|rückgang|kürz\w*",
        improve=r"verbesser\w*|bring(?:e|en|t)|gebracht|entwickel\w*|veränder\w*|verschieb\w*",
        keep=r"halt(?:e|en|et)|hält|gehalten|zu halten|beibehalt\w*|bleib\w*|bewahr\w*|nie",
        reach=r"erreich\w*|erziel\w*|schaff(?:e|en|t)|komm(?:e|en|t)|übertreff\w*",
        count=r"gewinn(?:e|en|t)|gewonnen|einstell\w*|stell(?:e|en|t)|eingestellt|veröffentlich\w*|führ(?:e|en|t)"
        r"|durchführ\w*|durchgeführt|abschließ\w*|abgeschlossen|schließ(?:e|en|t)|interview\w*|befrag\w*|schul(?:e|en|t)"
        r"|schreib(?:e|en|t)|gener\w*|akquirier\w*|rekrutier\w*|liefer(?:e|n|t)|zertifizier\w*",
        done=r"einführ\w*|eingeführt|einzuführen|launch\w*|veröffentlich\w*|umsetz\w*|umgesetzt|umzusetzen|aufbau\w*"
        r"|aufgebaut|aufzubauen|erstell\w*|abschließ\w*|abgeschlossen|fertigstell\w*|fertiggestellt|ausroll\w*|ausgerollt"
        r"|definier\w*|migrier\w*|einricht\w*|eingerichtet|gründ(?:e|en|et)|start(?:e|en|et)|eröffn\w*|ersetz\w*"
        r"|entscheid\w*|dokumentier\w*|automatisier\w*|führ(?:e|en|t)|bau(?:e|en|t)|besetz\w*|schreib(?:e|en|t)",
        baseline=r"herausfind\w*|finde\w* heraus|herauszufinden|ausgangswert\w*|basiswert\w*|nullmessung|ermittel\w*"
        r"|baseline",
        lower_is_better=r"churn|abwanderung\w*|kündigung\w*|fluktuation\w*|fehler\w*|bugs?|störung\w*|vorfälle"
        r"|beschwerden|ausfälle|ausfallzeit\w*|\w*antwortzeit\w*|reaktionszeit\w*|durchlaufzeit\w*|ladezeit\w*"
        r"|lieferzeit\w*|wartezeit\w*|bearbeitungszeit\w*|\w*kosten|ausgaben|latenz|schulden|unfälle|krankenstand"
        r"|rückstand|emissionen|ausschuss\w*|retouren\w*|absprungrate",
        from_=r"von|vom|ab",
        to=r"auf|bis|bis zu|zu",
        today=r"heute|aktuell|derzeit|bisher|jetzt|zuletzt|war|waren",
        by=r"um",
        between=r"zwischen|innerhalb von",
        and_=r"und",
        at_least=r"mindestens|wenigstens|mehr als|nicht weniger als|minimal|mind\.",
        above=r"über|oberhalb(?: von)?|höher als|größer als",
        below=r"unter|unterhalb(?: von)?|weniger als|höchstens|maximal|nicht mehr als|kleiner als|niedriger als|max\.",
        about=r"etwa|ungefähr|rund|circa|ca\.?|knapp|gut|nur",
        more=r"mehr|höhere[rsn]?",
        less=r"weniger|geringere[rsn]?|niedrigere[rsn]?",
        adjectives=r"neue[nrs]?|aktive[nrs]?|zahlende[nrs]?|qualifizierte[nrs]?|zufriedene[nrs]?|offene[nrs]?|weitere[nrs]?"
        r"|monatliche[nrs]?|wöchentliche[nrs]?|kritische[nrs]?|große[nrs]?|zusätzliche[nrs]?",
        not_units=r"Ende|Anfang|Mitte|Jahr|Prozentpunkte|Januar|Februar|März|April|Mai|Juni|Juli|August|September"
        r"|Oktober|November|Dezember|Quartal|Bis|Von|Auf|Im|In|Der|Die|Das|Und|Pro|Je|Mehr|Weniger",
        common=r"der|die|das|den|dem|von|auf|und|um|zu|bis|ein|eine|einen|unter|über|wie|neue|neuen|im|mit|für|des",
    ),
    "sv": Vocabulary(
        increase=r"höj(?:a|er|s|da|ning|ningen)?|öka(?:r|t|de|s)?|ökning\w*|väx(?:a|er|t)?|lyft(?:a|er)?|utöka\w*"
        r"|fördubbla\w*|tredubbla\w*|stärk(?:a|er)?",
        decrease=r"sänk(?:a|er|t|ning|ningen)?|minsk\w*|reducera\w*|korta(?:r|s)?|förkorta\w*|dra(?:r)? ner|halvera\w*"
        r"|få ner|få ned|pressa(?:r)?|minimera\w*|skär(?:a)? ner",
        improve=r"förbättra\w*|ta(?:r)?|för(?:a|er)?|flytta\w*|ändra\w*",
        keep=r"håll(?:a|er|s)?|behåll(?:a|er)?|bibehåll(?:a|er)?|ligga kvar|stanna\w*|förbli\w*|aldrig",
        reach=r"nå(?:r)?|uppnå(?:r)?|komma upp|överträffa\w*",
        count=r"vinn(?:a|er)?|anställ(?:a|er)?|publicera\w*|genomför(?:a|er)?|rekrytera\w*|intervjua\w*|skaffa\w*"
        r"|värva\w*|utbilda\w*|skriv(?:a|er)?|leverera\w*|slutför(?:a|er)?|certifiera\w*|få(?:r)?|hålla?",
        done=r"lansera\w*|inför(?:a|er|t)?|publicera\w*|bygg(?:a|er)?|skapa\w*|slutför(?:a|er|t)?|migrera\w*"
        r"|definiera\w*|öppna\w*|starta\w*|genomför(?:a|er|t)?|ta fram|sätt(?:a)? upp"
        r"|färdigställ\w*|leverera\w*|ersätt\w*"
        r"|besluta\w*|dokumentera\w*|automatisera\w*|rulla ut|tillsätt\w*|skriv(?:a|er)?|anställ(?:a|er)?|flytta\w*",
        baseline=r"ta reda på|tar reda på|baslinje\w*|utgångsvärde\w*|nollmätning\w*|nolläge\w*|kartlägg\w*"
        r"|mät(?:a)? hur|baseline",
        lower_is_better=r"churn|kundbortfall\w*|avhopp\w*|uppsägningar\w*|personalomsättning\w*|fel|felen|buggar\w*"
        r"|störningar\w*|incidenter\w*|klagomål\w*|avbrott\w*|svarstid\w*|ledtid\w*|laddtid\w*|leveranstid\w*"
        r"|väntetid\w*|handläggningstid\w*|\w*kostnad\w*|utgifter\w*|latens\w*|skulder\w*|olyckor\w*|sjukfrånvaro\w*"
        r"|utsläpp\w*|kassation\w*|returer\w*",
        from_=r"från",
        to=r"till|upp till|ned till|ner till",
        today=r"i dag|idag|nu|för närvarande|hittills|var",
        by=r"med",
        between=r"mellan|inom",
        and_=r"och",
        at_least=r"minst|åtminstone|mer än|fler än|inte mindre än",
        above=r"över|ovanför|högre än|större än",
        below=r"under|mindre än|färre än|högst|max\.?|maximalt|inte mer än|lägre än|som mest",
        about=r"ungefär|cirka|ca\.?|runt|knappt|bara|omkring",
        more=r"mer|fler|högre",
        less=r"mindre|färre|lägre",
        adjectives=r"nya|aktiva|betalande|kvalificerade|nöjda|öppna|ytterligare|kritiska|stora|månatliga",
        not_units=r"i|och|av|om|för|före|efter|innan|senast|under|över|per|på|till|från|med|som|så|vid|hos|inom|utan"
        r"|det|den|de|att|eller|varje|mellan|är|var|jämfört|bland|året|år 20\d\d|idag|nu|hela|när|där|slutet"
        r"|mer|mindre|fler|färre|högre|lägre",
        common=r"och|att|av|från|till|med|för|på|den|det|i|våra|vår|under|över|nya|minst|hur|är|om",
    ),
}

MULTIPLIED = {
    r"doubl(?:e|es|ed|ing)|verdoppel\w*|verdopple|fördubbla\w*": 100,
    r"tripl(?:e|es|ed|ing)|verdreifach\w*|tredubbla\w*": 200,
    r"halv(?:e|es|ed|ing)|halbier\w*|halvera\w*": -50,
}
"""Words that name a change by themselves, and the change in per cent."""


def _all(name: str) -> str:
    """The alternatives of every language, longest first, so that "bis zu" wins over "bis"."""
    pieces: list[str] = []
    for language in LANGUAGES:
        pieces += split_alternatives(getattr(VOCABULARIES[language], name))
    return "|".join(sorted(dict.fromkeys(pieces), key=len, reverse=True))


def split_alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand outside its parentheses and brackets."""
    pieces, depth, piece = [], 0, ""
    for character in pattern:
        depth += (character in "([") - (character in ")]")
        if character == "|" and depth == 0:
            pieces.append(piece)
            piece = ""
        else:
            piece += character
    return [*pieces, piece]


def words(pattern: str) -> re.Pattern[str]:
    """Compile alternatives as whole words (a hyphen continues a word), ignoring case."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


FROM, TO, TODAY, BY = _all("from_"), _all("to"), _all("today"), _all("by")
BETWEEN, AND, ABOUT = _all("between"), _all("and_"), _all("about")
AT_LEAST, ABOVE, BELOW = _all("at_least"), _all("above"), _all("below")
ADJECTIVES, MORE, LESS = _all("adjectives"), _all("more"), _all("less")

INCREASE_WORDS = words(_all("increase"))
DECREASE_WORDS = words(_all("decrease"))
IMPROVE_WORDS = words(_all("improve"))
KEEP_WORDS = words(_all("keep"))
REACH_WORDS = words(_all("reach"))
COUNT_WORDS = words(_all("count"))
DONE_WORDS = words(_all("done"))
BASELINE_WORDS = words(_all("baseline"))
LOWER_IS_BETTER = words(_all("lower_is_better"))
NOT_UNITS = re.compile(rf"(?:{_all('not_units')})\Z", re.IGNORECASE)
MULTIPLIERS = tuple((words(pattern), change) for pattern, change in MULTIPLIED.items())
