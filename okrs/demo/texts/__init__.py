"""What the invented company says, in each language: invented by us, with the same keys everywhere."""

from okrs.demo.texts.de import WORDING as GERMAN
from okrs.demo.texts.en import WORDING as ENGLISH
from okrs.demo.texts.sv import WORDING as SWEDISH
from okrs.demo.texts.wording import Wording

WORDINGS: dict[str, Wording] = {"en": ENGLISH, "de": GERMAN, "sv": SWEDISH}
