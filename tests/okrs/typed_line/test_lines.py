"""Lines as people type them, and what must come out: three tables, one per language."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from okrs.scoring import Metric
from okrs.typed_line import Doubt, TypedLine, UnitKind, parse

INCREASE, DECREASE, ABOVE, BELOW, WITHIN, DONE, _, BASELINE, _ = Metric
GUESSED, ASSUMED, RELATIVE = Doubt.METRIC_GUESSED, Doubt.START_ASSUMED, Doubt.RELATIVE_CHANGE


@dataclass(frozen=True)
class Line:
    """A line and its reading: for a band, `start` and `target` are its limits."""

    text: str
    metric: Metric
    start: str | None = None
    target: str | None = None
    unit: str = ""
    doubts: tuple[Doubt, ...] = ()
    change: str | None = None
    currency: str = ""


ENGLISH = [
    Line("Raise activation from 41 to 70 %", INCREASE, "41", "70", "%"),
    Line("raise activation from 41% to 70%", INCREASE, "41", "70", "%"),
    Line("Increase NPS to 60", INCREASE, None, "60"),
    Line("Increase NPS to 60 (from 41)", INCREASE, "41", "60"),
    Line("Increase NPS to 60, today 41", INCREASE, "41", "60"),
    Line("Reach an NPS of 60", INCREASE, None, "60"),
    Line("Reduce response time from 12 hours to 4 hours", DECREASE, "12", "4", "hours"),
    Line("Reduce p95 latency from 350ms to 200ms", DECREASE, "350", "200", "ms"),
    Line("Cut churn to 3%", DECREASE, None, "3", "%"),
    Line("Reduce churn below 2 %", DECREASE, None, "2", "%"),
    Line("Keep churn below 2 %", BELOW, None, "2", "%"),
    Line("Keep error rate at most 0.5 per cent", BELOW, None, "0.5", "%"),
    Line("Keep uptime above 99.9%", ABOVE, None, "99.9", "%"),
    Line("Maintain 99.95% uptime", ABOVE, None, "99.95", "%", (GUESSED,)),
    Line("Never more than 5 incidents", BELOW, None, "5", "incidents"),
    Line("Keep NPS between 40 and 60", WITHIN, "40", "60"),
    Line("Keep cost per lead between €20 and €30", WITHIN, "20", "30", "€", currency="EUR"),
    Line("Between 40 and 60", WITHIN, "40", "60", "", (GUESSED,)),
    Line("Keep the team at 5 to 7 people", WITHIN, "5", "7", "people"),
    Line("€ 10k → € 25k", INCREASE, "10000", "25000", "€", currency="EUR"),
    Line("Grow MRR from $1.2m to $1.5m", INCREASE, "1200000", "1500000", "$", currency="USD"),
    Line("Grow ARR to USD 5 million", INCREASE, None, "5000000", "$", currency="USD"),
    Line("Grow funds from £2bn to £3.5bn", INCREASE, "2000000000", "3500000000", "£", currency="GBP"),
    Line(
        "Increase revenue from 1.2 to 1.5 million EUR",
        INCREASE,
        "1200000",
        "1500000",
        "€",
        (Doubt.MAGNITUDE_SHARED,),
        currency="EUR",
    ),
    Line("Grow sign-ups from 800 to 1.2k", INCREASE, "800", "1200"),
    Line("Raise weekly active users from 1,200 to 2,500", INCREASE, "1200", "2500"),
    Line("Increase volume from 1,200.5 to 1,400.25", INCREASE, "1200.5", "1400.25"),
    Line("Lift profit from -5 to 10 %", INCREASE, "-5", "10", "%"),
    Line("Raise profit from -€5k to €10k", INCREASE, "-5000", "10000", "€", currency="EUR"),
    Line("Raise rating from 3.9/5 to 4.5/5", INCREASE, "3.9", "4.5", "/5"),
    Line("Increase deployments from 2 per week to 10 per week", INCREASE, "2", "10", "per week"),
    Line("Reach 500 customers by Q3 2026", INCREASE, None, "500", "customers"),
    Line("Win 10 new customers", INCREASE, "0", "10", "new customers", (ASSUMED,)),
    Line("Publish 12 articles by 31 December 2026", INCREASE, "0", "12", "articles", (ASSUMED,)),
    Line("Hold 10 workshops", INCREASE, "0", "10", "workshops", (ASSUMED,)),
    Line("Increase revenue by 20 %", INCREASE, doubts=(RELATIVE,), change="20"),
    Line("Reduce costs 15%", DECREASE, doubts=(RELATIVE,), change="-15"),
    Line("20 % fewer bugs", DECREASE, doubts=(RELATIVE,), change="-20"),
    Line("Double lead flow from key partners", INCREASE, doubts=(RELATIVE,), change="100"),
    Line("Improve response time to 4 hours", DECREASE, None, "4", "hours", (GUESSED,)),
    Line("Raise NPS from 70 to 41", DECREASE, "70", "41", "", (Doubt.DIRECTION_CONTRADICTS,)),
    Line("Raise NPS from 41 to 41", INCREASE, None, "41", "", (Doubt.START_EQUALS_TARGET,)),
    Line("Shorten lead time from 2 days to 4 hours", DECREASE, None, "4", "hours", (Doubt.UNITS_DIFFER,)),
    Line("Increase range from 3m to 5m", INCREASE, "3000000", "5000000", "", (Doubt.UNIT_GUESSED,)),
    Line("Raise NPS to 60 and revenue to 2", INCREASE, None, "60", "", (Doubt.SEVERAL_NUMBERS,)),
    Line("Increase to 1.200", INCREASE, None, "1.200", "", (Doubt.NUMBER_FORMAT,)),
    Line("NPS 60", INCREASE, None, "60", "", (GUESSED,)),
    Line("Increase activation", INCREASE, doubts=(Doubt.NO_NUMBER,)),
    Line("Launch the new site by May", DONE),
    Line("Launch the 2027 strategy", DONE),
    Line("Migrate to version 2.0 by 2026-12-31", DONE),
    Line("Get ISO 27001 certified", DONE, doubts=(GUESSED,)),
    Line("Launch the new site in 2 languages", DONE, doubts=(GUESSED,)),
    Line("Find out how many users return", BASELINE),
    Line("Establish a baseline for NPS", BASELINE),
]

GERMAN = [
    Line("Aktivierung von 41 auf 70 % steigern", INCREASE, "41", "70", "%"),
    Line("Steigere die Aktivierung von 41 % auf 70 %", INCREASE, "41", "70", "%"),
    Line("Senke die Antwortzeit von 12 auf 4 Stunden", DECREASE, "12", "4", "Stunden"),
    Line("Umsatz 1,2 Mio. € auf 1,5 Mio. €", INCREASE, "1200000", "1500000", "€", currency="EUR"),
    Line(
        "Steigere den Umsatz von 1,2 auf 1,5 Mio. €",
        INCREASE,
        "1200000",
        "1500000",
        "€",
        (Doubt.MAGNITUDE_SHARED,),
        currency="EUR",
    ),
    Line("Umsatz von 800 Tsd. Euro auf 1,2 Mio. Euro erhöhen", INCREASE, "800000", "1200000", "€", currency="EUR"),
    Line("Von 5 Mrd. auf 7 Mrd. EUR wachsen", INCREASE, "5000000000", "7000000000", "€", currency="EUR"),
    Line(
        "Von 2 auf 3 Billionen Zeilen wachsen",
        INCREASE,
        "2000000000000",
        "3000000000000",
        "Zeilen",
        (Doubt.MAGNITUDE_SHARED,),
    ),
    Line("Marge von CHF 10'000 auf CHF 12'500 bringen", INCREASE, "10000", "12500", "CHF", currency="CHF"),
    Line("NPS auf 60 steigern", INCREASE, None, "60"),
    Line("NPS auf 60 steigern (heute 41)", INCREASE, "41", "60"),
    Line("NPS von heute 41 auf 60 steigern", INCREASE, "41", "60"),
    Line("Bewertung von 3,8 auf 4,5 verbessern", INCREASE, "3.8", "4.5"),
    Line("Conversion von 2,5 Prozent auf 4 Prozent erhöhen", INCREASE, "2.5", "4", "%"),
    Line("Durchlaufzeit von 1.200 auf 800 Stunden verkürzen", DECREASE, "1200", "800", "Stunden"),
    Line("Volumen von 1.200,5 auf 1.400,25 erhöhen", INCREASE, "1200.5", "1400.25"),
    Line("Kunden von 1 200 auf 1 500 erhöhen", INCREASE, "1200", "1500"),
    Line("Ausschuss von 1,250 auf 0,9 % senken", DECREASE, "1.25", "0.9", "%", (Doubt.NUMBER_FORMAT,)),
    Line("Churn auf unter 2 % senken", DECREASE, None, "2", "%"),
    Line("Churn unter 2 % halten", BELOW, None, "2", "%"),
    Line("Fehlerquote bleibt bei höchstens 0,5 %", BELOW, None, "0.5", "%"),
    Line("Verfügbarkeit bleibt über 99,9 %", ABOVE, None, "99.9", "%"),
    Line("Halte die Liefertreue bei mindestens 95 %", ABOVE, None, "95", "%"),
    Line("Antwortzeit zwischen 2 und 4 Stunden halten", WITHIN, "2", "4", "Stunden"),
    Line("Zwischen 40 und 60", WITHIN, "40", "60", "", (GUESSED,)),
    Line("Krankenstand höchstens 4 %", BELOW, None, "4", "%", (GUESSED,)),
    Line("Wir erreichen 500 zahlende Kunden", INCREASE, None, "500", "zahlende Kunden"),
    Line("10 neue Kunden gewinnen", INCREASE, "0", "10", "neue Kunden", (ASSUMED,)),
    Line("Führe 10 Workshops durch", INCREASE, "0", "10", "Workshops", (ASSUMED,)),
    Line("Mindestens 100 Interviews führen", INCREASE, "0", "100", "Interviews", (ASSUMED,)),
    Line("Umsatz um 20 % steigern", INCREASE, doubts=(RELATIVE,), change="20"),
    Line("Kosten um 15 % senken", DECREASE, doubts=(RELATIVE,), change="-15"),
    Line("30 % weniger Fehler", DECREASE, doubts=(RELATIVE,), change="-30"),
    Line("Umsatz verdoppeln", INCREASE, doubts=(RELATIVE,), change="100"),
    Line("Krankenstand halbieren", DECREASE, doubts=(RELATIVE,), change="-50"),
    Line("Steigere den NPS von 70 auf 41", DECREASE, "70", "41", "", (Doubt.DIRECTION_CONTRADICTS,)),
    Line("Bis 30. Juni 3 Teams schulen", INCREASE, "0", "3", "Teams", (ASSUMED,)),
    Line("Neue Website bis Mai 2026 einführen", DONE),
    Line("Neues Gehaltsmodell bis 31.12.2026 einführen", DONE),
    Line("Herausfinden, wie lange ein Ticket dauert", BASELINE),
    Line("Ausgangswert für den NPS ermitteln", BASELINE),
    Line("Zufriedenheit steigern", INCREASE, doubts=(Doubt.NO_NUMBER,)),
]

SWEDISH = [
    Line("Höj andelen nöjda kunder från 41 till 70 %", INCREASE, "41", "70", "%"),
    Line("Höj NPS från 41 till 60", INCREASE, "41", "60"),
    Line("Höj NPS till 60", INCREASE, None, "60"),
    Line("Höj NPS till 60 (i dag 41)", INCREASE, "41", "60"),
    Line("Höj andelen till minst 70 %", INCREASE, None, "70", "%"),
    Line("Sänk svarstiden från 12 till 4 timmar", DECREASE, "12", "4", "timmar"),
    Line("Få ner sjukfrånvaron från 6,5 % till 4 %", DECREASE, "6.5", "4", "%"),
    Line("Öka omsättningen från 800 tkr till 1,2 mkr", INCREASE, "800000", "1200000", "kr", currency="SEK"),
    Line(
        "Öka intäkterna från 1,2 till 1,5 mkr",
        INCREASE,
        "1200000",
        "1500000",
        "kr",
        (Doubt.MAGNITUDE_SHARED,),
        currency="SEK",
    ),
    Line("Intäkter 10 Mkr → 12 Mkr", INCREASE, "10000000", "12000000", "kr", currency="SEK"),
    Line("Sänk kostnaden till 12 MSEK", DECREASE, None, "12000000", "kr", currency="SEK"),
    Line("Öka snittordern från 450 kr till 600 kr", INCREASE, "450", "600", "kr", currency="SEK"),
    Line("Väx från 2 miljarder till 3 miljarder kronor", INCREASE, "2000000000", "3000000000", "kr", currency="SEK"),
    Line("Antal ärenden från 1 200 till 800", DECREASE, "1200", "800"),
    Line("Öka volymen från 1 200,5 till 1 400,25", INCREASE, "1200.5", "1400.25"),
    Line("Öka till 1.200", INCREASE, None, "1200", "", (Doubt.NUMBER_FORMAT,)),
    Line("Öka från 2 till 10 leveranser per vecka", INCREASE, "2", "10", "leveranser per vecka"),
    Line("Minska svinnet från 4 procent till 2,5 procent", DECREASE, "4", "2.5", "%"),
    Line("Minska svinnet till under 2 %", DECREASE, None, "2", "%"),
    Line("Håll personalomsättningen under 5 %", BELOW, None, "5", "%"),
    Line("Håll felfrekvensen på högst 0,5 %", BELOW, None, "0.5", "%"),
    Line("Håll uptime över 99,9 %", ABOVE, None, "99.9", "%"),
    Line("Behåll en leveransprecision på minst 95 %", ABOVE, None, "95", "%"),
    Line("Håll svarstiden mellan 2 och 4 timmar", WITHIN, "2", "4", "timmar"),
    Line("Mellan 40 och 60", WITHIN, "40", "60", "", (GUESSED,)),
    Line("Aldrig mer än 5 öppna incidenter", BELOW, None, "5", "öppna incidenter"),
    Line("Nå 500 betalande kunder", INCREASE, None, "500", "betalande kunder"),
    Line("Vinn 10 nya kunder", INCREASE, "0", "10", "nya kunder", (ASSUMED,)),
    Line("Genomför 12 kundintervjuer före 30 juni", INCREASE, "0", "12", "kundintervjuer", (ASSUMED,)),
    Line("Håll 10 workshops", INCREASE, "0", "10", "workshops", (ASSUMED,)),
    Line("Minst 100 intervjuer", INCREASE, None, "100", "intervjuer", (GUESSED,)),
    Line("Öka intäkterna med 20 %", INCREASE, doubts=(RELATIVE,), change="20"),
    Line("Minska kostnaderna med 15 procent", DECREASE, doubts=(RELATIVE,), change="-15"),
    Line("30 % färre fel", DECREASE, doubts=(RELATIVE,), change="-30"),
    Line("Fördubbla antalet leads", INCREASE, doubts=(RELATIVE,), change="100"),
    Line("Höj NPS från 70 till 41", DECREASE, "70", "41", "", (Doubt.DIRECTION_CONTRADICTS,)),
    Line("NPS över 60", ABOVE, None, "60", "", (GUESSED,)),
    Line("Lansera nya webbplatsen i maj", DONE),
    Line("Inför nya lönemodellen senast 2026", DONE),
    Line("Ta reda på hur lång tid ett ärende tar", BASELINE),
    Line("Ta fram ett utgångsvärde för NPS", BASELINE),
    Line("Öka nöjdheten", INCREASE, doubts=(Doubt.NO_NUMBER,)),
]

TABLES = [
    pytest.param(language, line, id=f"{language}: {line.text}")
    for language, lines in (("en", ENGLISH), ("de", GERMAN), ("sv", SWEDISH))
    for line in lines
]


def check(line: Line, read: TypedLine) -> None:
    """Compare a reading with its row."""
    found = {
        "metric": read.metric,
        "start": read.band_low if read.metric is WITHIN else read.start,
        "target": read.band_high if read.metric is WITHIN else read.target,
        "unit": read.unit,
        "currency": read.currency,
        "change": read.change,
        "doubts": set(read.doubts),
    }
    assert found == {
        "metric": line.metric,
        "start": None if line.start is None else Decimal(line.start),
        "target": None if line.target is None else Decimal(line.target),
        "unit": line.unit,
        "currency": line.currency,
        "change": None if line.change is None else Decimal(line.change),
        "doubts": set(line.doubts),
    }
    kinds = {"%": UnitKind.PERCENT} | ({line.unit: UnitKind.CURRENCY} if line.currency else {})
    assert read.unit_kind is kinds.get(line.unit, UnitKind.NUMBER)


@pytest.mark.parametrize(("language", "line"), TABLES)
def test_lines_in_a_known_language(language: str, line: Line) -> None:
    read = parse(line.text, language)
    check(line, read)
    assert (read.title, read.language) == (line.text, language)


@pytest.mark.parametrize(("language", "line"), TABLES)
def test_the_language_is_found_where_the_line_shows_it(language: str, line: Line) -> None:
    read = parse(line.text)
    assert read.language == language
    check(line, read)


def test_tables_are_long_enough_to_mean_something() -> None:
    assert min(len(ENGLISH), len(GERMAN), len(SWEDISH)) >= 25
