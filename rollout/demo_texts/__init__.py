"""What the invented company says about its rollout, in each language: the same keys everywhere."""

from rollout.demo_texts.de import TEXTS as GERMAN
from rollout.demo_texts.en import TEXTS as ENGLISH
from rollout.demo_texts.sv import TEXTS as SWEDISH
from rollout.demo_texts.wording import RolloutTexts

ROLLOUT_TEXTS: dict[str, RolloutTexts] = {"en": ENGLISH, "de": GERMAN, "sv": SWEDISH}
