"""What people are told about rollouts: the kinds of notifications this app registers, and their words."""

from rollout.notices import courses, people, sponsor

KINDS = (*people.KINDS, *sponsor.KINDS, *courses.KINDS)
