"""Certificates in the API."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from okrapp.api.serializers import InputSerializer, RowSerializer, related
from okrapp.api.views import TenantViewSet
from organizations.api.idempotency import idempotent
from organizations.models import Membership
from roles import profile_permissions
from roles.api.coach_profile import SCOPES
from roles.domain import certificate as domain
from roles.models import Certificate, Qualification
from roles.queries.certificate import readable_certificates


class CertificateSerializer(RowSerializer):
    member = serializers.UUIDField(source="membership_id", read_only=True)
    qualification = serializers.UUIDField(
        source="qualification_id", read_only=True, allow_null=True, help_text="What it counts as."
    )

    class Meta:
        model = Certificate
        fields = ["id", "member", "qualification", "title", "issuer", "issued_on", "expires_on"]
        read_only_fields = fields


class CertificatePatch(InputSerializer):
    qualification = related(Qualification.objects.current(), required=False, allow_null=True)
    title = serializers.CharField(max_length=120)
    issuer = serializers.CharField(max_length=120, required=False, allow_blank=True)
    issued_on = serializers.DateField()
    expires_on = serializers.DateField(
        required=False, allow_null=True, help_text="Null: as the qualification it counts as says."
    )


class CertificateInput(CertificatePatch):
    member = related(Membership.objects.all())


class CertificateFilter(django_filters.FilterSet):
    member = django_filters.UUIDFilter(field_name="membership_id")
    qualification = django_filters.UUIDFilter(field_name="qualification_id")
    expires_before = django_filters.DateFilter(field_name="expires_on", lookup_expr="lt")

    class Meta:
        model = Certificate
        fields: list[str] = []


class CertificateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, TenantViewSet):
    """Trainings and certificates: one's own, and for the Program Lead Office those of whoever holds a role."""

    queryset = Certificate.objects.all()
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    scopes = SCOPES
    singular, plural = "certificate", "certificates"

    def get_queryset(self) -> Any:
        """Return the certificates whoever asks may read; one by its id is refused with a reason."""
        if self.action == "list":
            return readable_certificates(self.actor)
        return Certificate.objects.select_related("membership")

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Get a certificate."""
        certificate = self.get_object()
        self.authorized(profile_permissions.see_certificates(self.actor, certificate.membership))
        return Response(self.shown(certificate))

    @extend_schema(request=CertificateInput, responses={201: CertificateSerializer})
    @idempotent
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Write down a certificate."""
        values = self.validated(CertificateInput)
        member = values.pop("member")
        self.authorized(profile_permissions.edit_certificates(self.actor, member))
        made = domain.add_certificate(actor=self.actor, membership=member, **values)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)

    @extend_schema(request=CertificatePatch, responses=CertificateSerializer)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change a certificate."""
        certificate = self._editable()
        changes = self.validated(CertificatePatch, partial=True)
        changed = domain.update_certificate(actor=self.actor, certificate=certificate, changes=changes)
        return Response(self.shown(changed))

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a certificate."""
        domain.remove_certificate(actor=self.actor, certificate=self._editable())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _editable(self) -> Certificate:
        certificate: Certificate = self.get_object()
        self.authorized(profile_permissions.edit_certificates(self.actor, certificate.membership))
        return certificate
