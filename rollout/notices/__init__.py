"""What people are told about rollouts: the kinds of notifications this app registers, and their words."""

from rollout.notices import people, sponsor, tasks

KINDS = (*people.KINDS, *sponsor.KINDS, *tasks.KINDS)
