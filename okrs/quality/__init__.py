"""The quality check: rules with a name, in the language of the text. It advises; it never blocks and scores nobody.

Pure: a `Statement` goes in, `Finding`s come out; no database, no clock, no settings. What a finding is called and what
to do about it, in the reader's language, is said by `okrs.queries.quality`.

    check(Statement(Kind.KEY_RESULT, "Launch the new website", "en"))      # activity, no_number
"""

from okrs.quality.checking import check
from okrs.quality.statement import Code, Finding, Kind, Measure, Statement, measure_of

__all__ = ["Code", "Finding", "Kind", "Measure", "Statement", "check", "measure_of"]
