"""Addresses of OKRs in one organization."""

from okrs.urls import (
    alignment,
    check_in,
    comment,
    cycle,
    example,
    kudos,
    meeting,
    objective,
    proposal,
    retrospective,
    review,
    spreadsheet,
    team,
    welcome,
)

app_name = "okrs"
urlpatterns = [
    *check_in.urlpatterns,
    *objective.urlpatterns,
    *comment.urlpatterns,
    *kudos.urlpatterns,
    *proposal.urlpatterns,
    *example.urlpatterns,
    *review.urlpatterns,
    *retrospective.urlpatterns,
    *meeting.urlpatterns,
    *team.urlpatterns,
    *cycle.urlpatterns,
    *alignment.urlpatterns,
    *spreadsheet.urlpatterns,
    *welcome.urlpatterns,
]
