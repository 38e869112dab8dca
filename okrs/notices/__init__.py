"""What people are told about OKRs: the kinds of notifications this app registers, and their words."""

from okrs.notices import check_ins, days, digest, plans, rooms, talk

KINDS = (*check_ins.KINDS, *talk.KINDS, *digest.KINDS, *plans.KINDS, *days.KINDS)
ANNOUNCEMENTS = (*rooms.ANNOUNCEMENTS, *days.ANNOUNCEMENTS, *digest.ANNOUNCEMENTS)
