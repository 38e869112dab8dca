"""What programs may listen to of OKRs. Nothing is told of private objectives, nor of what people say about them."""

from django.utils.translation import gettext_lazy as _

from okrapp.notifications.registry import Topic
from okrs.queries.private_trail import private_ones

TOPICS = (
    Topic("cycle", _("Cycles"), "okrs.cycle", "cycles/{id}/"),
    Topic(
        "objective",
        _("Objectives, and what they support"),
        "okrs.objective",
        "objectives/{id}/",
        private_ones("okrs.objective"),
    ),
    Topic(
        "key_result",
        _("Key results and check-ins"),
        "okrs.keyresult",
        "key-results/{id}/",
        private_ones("okrs.keyresult"),
    ),
    Topic("initiative", _("Initiatives"), "okrs.initiative", "initiatives/{id}/", private_ones("okrs.initiative")),
    Topic(
        "alignment_request",
        _("Requests to other teams"),
        "okrs.alignmentrequest",
        "alignment-requests/{id}/",
        private_ones("okrs.alignmentrequest"),
    ),
    Topic("proposal", _("Proposals"), "okrs.proposal", "proposals/{id}/"),
)
