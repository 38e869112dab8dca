"""What people are told about rollouts: the kinds of notifications this app registers, and their words."""

from rollout.notices import messages, people, sponsor

KINDS = (*people.KINDS, *sponsor.KINDS, *messages.KINDS)
