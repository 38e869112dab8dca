from okrs.demo.texts.en import WORDING  # noqa
