"""What people are told about rollouts: the kinds of notifications this app registers, and their words."""

from rollout.notices import courses, messages, people, readiness, sponsor, tasks

KINDS = (*people.KINDS, *readiness.KINDS, *sponsor.KINDS, *tasks.KINDS, *messages.KINDS, *courses.KINDS)
