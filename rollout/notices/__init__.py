"""What people are told about rollouts: the kinds of notifications this app registers, and their words."""

from rollout.notices.people import KINDS as OF_PEOPLE

KINDS = (*OF_PEOPLE,)
