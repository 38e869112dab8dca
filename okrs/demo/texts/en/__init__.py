"""The invented company in English."""

from okrs.demo.texts.en.coaches import COACHES
from okrs.demo.texts.en.community import COMMUNITY
from okrs.demo.texts.en.company import DOWN, FLAT, PAUSES, PRIORITIES, REASONS, TEAMS, TITLES, UNITS, UP
from okrs.demo.texts.en.history import FIRST, NEXT, SECOND
from okrs.demo.texts.en.market import MARKET
from okrs.demo.texts.en.talk import TALK
from okrs.demo.texts.en.technology import TECHNOLOGY
from okrs.demo.texts.en.year import YEAR
from okrs.demo.texts.wording import Wording

WORDING = Wording(
    time_zone="Europe/Berlin",
    vision="Nobody has to learn or work in bad air.",
    mission="We measure the air where people spend their day, and make buildings act on it before anyone gets tired.",
    values=(
        "**Say it early.** Bad news is cheapest on the first day.\n\n"
        "**Go and look.** One morning in a school tells us more than ten meetings about it.\n\n"
        "**Leave it simpler.** Whoever touches something makes it easier for the next person."
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
