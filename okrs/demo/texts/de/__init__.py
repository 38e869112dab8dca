"""The invented company in German."""

from okrs.demo.texts.de.coaches import COACHES
from okrs.demo.texts.de.community import COMMUNITY
from okrs.demo.texts.de.company import DOWN, FLAT, PAUSES, PRIORITIES, REASONS, TEAMS, TITLES, UNITS, UP
from okrs.demo.texts.de.history import FIRST, NEXT, SECOND
from okrs.demo.texts.de.market import MARKET
from okrs.demo.texts.de.talk import TALK
from okrs.demo.texts.de.technology import TECHNOLOGY
from okrs.demo.texts.de.year import YEAR
from okrs.demo.texts.wording import Wording

WORDING = Wording(
    time_zone="Europe/Berlin",
    vision="Niemand muss in schlechter Luft lernen oder arbeiten.",
    mission=(
        "Wir messen die Luft, in der Menschen ihren Tag verbringen, und lassen Gebäude handeln, bevor jemand müde wird."
    ),
    values=(
        "**Früh sagen.** Schlechte Nachrichten sind am ersten Tag am billigsten.\n\n"
        "**Hinfahren.** Ein Vormittag in einer Schule sagt uns mehr als zehn Besprechungen darüber.\n\n"
        "**Einfacher hinterlassen.** Wer etwas anfasst, macht es für die Nächsten leichter."
    ),
    titles=TITLES,
    teams=TEAMS,
    priorities=PRIORITIES,
    units=UNITS,
    pauses=PAUSES,
    reasons=REASONS,
    aims={**YEAR, **TECHNOLOGY, **MARKET, **FIRST, **SECOND, **NEXT},
    up=UP,
    flat=FLAT,
    down=DOWN,
    talk=TALK,
    coaches=COACHES,
    community=COMMUNITY,
)
