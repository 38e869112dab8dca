"""What the invented company says about its rollout, in each language: the same keys everywhere."""

from rollout.demo.texts.de import TEXTS as GERMAN
from rollout.demo.texts.en import TEXTS as ENGLISH
from rollout.demo.texts.sv import TEXTS as SWEDISH
from rollout.demo.texts.wording import RolloutTexts

ROLLOUT_TEXTS: dict[str, RolloutTexts] = {"en": ENGLISH, "de": GERMAN, "sv": SWEDISH}
