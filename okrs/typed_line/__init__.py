"""The typed line: "Raise activation from 41 to 70 %" fills metric, start, target and unit by itself.

English, German and Swedish; pure and without settings. `parse(text, language)` returns a `TypedLine` whose
`matched` spans show what was understood and whose `doubts` say what was guessed.

    line = parse("Aktivierung von 41 auf 70 % steigern", "de")
    line.metric, line.start, line.target, line.unit      # Metric.INCREASE, Decimal(41), Decimal(70), "%"
"""

from okrs.typed_line.parser import parse
from okrs.typed_line.result import Doubt, Match, Role, TypedLine, UnitKind

__all__ = ["Doubt", "Match", "Role", "TypedLine", "UnitKind", "parse"]
