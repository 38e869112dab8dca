"""Addresses of OKRs in one organization."""

from okrs.urls import (
    alignment,
    check_in,
    cycle,
    example,
    meeting,
    objective,
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
