"""The invented company in Swedish."""

from okrs.demo.texts.sv.coaches import COACHES
from okrs.demo.texts.sv.community import COMMUNITY
from okrs.demo.texts.sv.company import DOWN, FLAT, PAUSES, PRIORITIES, REASONS, TEAMS, TITLES, UNITS, UP
from okrs.demo.texts.sv.history import FIRST, NEXT, SECOND
from okrs.demo.texts.sv.market import MARKET
from okrs.demo.texts.sv.talk import TALK
from okrs.demo.texts.sv.technology import TECHNOLOGY
from okrs.demo.texts.sv.year import YEAR
from okrs.demo.texts.wording import Wording

WORDING = Wording(
    time_zone="Europe/Stockholm",
    vision="Ingen ska behöva lära sig eller arbeta i dålig luft.",
    mission="Vi mäter luften där människor tillbringar dagen och får byggnader att agera innan någon blir trött.",
    values=(
        "**Säg det tidigt.** Dåliga nyheter är billigast första dagen.\n\n"
        "**Åk dit.** En förmiddag i en skola säger mer än tio möten om den.\n\n"
        "**Lämna det enklare.** Den som rör något gör det lättare för nästa."
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
