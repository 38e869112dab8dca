"""How resources describe themselves in OpenAPI: names, tags, scopes, and the problems any of them may answer with."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from okrapp.api.problems import CONTENT_TYPE, TITLES

IDEMPOTENCY_HEADER = "Idempotency-Key"
# What a viewset calls its actions, and what programs that are generated from the schema call them.
WORDS = {"retrieve": "get", "partial_update": "update", "destroy": "delete"}
ALWAYS = (401, 403, 404, 405, 409, 422)
# Only requests with a body can have one that cannot be read.
WITH_BODY = (400, 413, 415)


class OthersRefused(OpenApiSerializerExtension):
    """Says of a body that it takes no other fields."""

    target_class = "okrapp.api.serializers.RefusesOthers"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """Return the usual description, closed where it is sent."""
        described: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        return {**described, "additionalProperties": False} if direction == "request" else described


class FieldProblemSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="The field of the request; empty when it is about all of it.")
    detail = serializers.CharField(help_text="What is wrong with it.")


class ProblemSerializer(serializers.Serializer):
    """An error (RFC 9457)."""

    type = serializers.CharField(help_text="Names the kind of problem: `urn:okrapp:problem:` and the code.")
    title = serializers.CharField(help_text="The kind of problem in words that never change.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    code = serializers.CharField(help_text="The kind of problem, for programs.")
    detail = serializers.CharField(help_text="What went wrong this time, for people.")


class InvalidSerializer(ProblemSerializer):
    """What was sent does not fit; each field that is wrong is listed."""

    errors: Any = FieldProblemSerializer(many=True)


class WhoCouldSerializer(serializers.Serializer):
    id = serializers.UUIDField(help_text="The member.")
    name = serializers.CharField()
    position = serializers.CharField(help_text="As what they could, in the reader's language: Team lead.")


class NotPermittedSerializer(ProblemSerializer):
    """Whoever asks may not do this; some who could are named, those nearest to the thing first."""

    who_could = WhoCouldSerializer(many=True, help_text="At most three; none for a token without `people:read`.")


# What some problems tell besides.
PROBLEMS = {403: NotPermittedSerializer, 422: InvalidSerializer}


class OperationSchema(AutoSchema):
    """Reads tag, names and scopes off the viewset, and adds what is true of every operation."""

    view: Any

    def get_tags(self) -> list[str]:
        """Return the name of the resource, as its viewset says it."""
        return [self.view.plural.capitalize()]

    def get_operation_id(self) -> str:
        """Return `objectives_list`, `objectives_archive`, …"""
        resource = self.view.plural.replace(" ", "_").replace("-", "_")
        action = self.view.action
        return f"{resource}_{WORDS.get(action, action)}"

    def get_summary(self) -> str:
        """Return the first sentence of the method's docstring; lists and single objects need none."""
        usual = {"list": f"List {self.view.plural}", "retrieve": f"Get one {self.view.singular}"}
        own = self._own_words()
        return own.split(". ")[0].split(": ")[0].split("; ")[0].rstrip(".") if own else usual[self.view.action]

    def get_description(self) -> str:  # type: ignore[override] # the inspector of the framework takes more
        """Return the method's docstring, and the scopes a token needs."""
        scopes = self.view.scopes.get(self.method, ())
        either = " or ".join(f"`{scope.value}`" for scope in scopes)
        names = " and ".join([*([either] if either else []), *(f"`{scope.value}`" for scope in self.view.also_scopes)])
        needed = f"A token needs the scope {names}." if names else "Any token may ask this."
        own = self._own_words() or f"{self.get_summary()}."
        return f"{own}\n\n{needed}"

    def get_override_parameters(self) -> list[Any]:
        """Offer the Idempotency-Key where a repeated request must not write twice."""
        if not getattr(getattr(self.view, self.view.action, None), "is_idempotent", False):
            return []
        words = "Send the same key again and you get the first answer again; it is written once. Kept for a day."
        pattern = r"^[\x21-\x7e]{1,200}$"
        return [OpenApiParameter(IDEMPOTENCY_HEADER, str, OpenApiParameter.HEADER, description=words, pattern=pattern)]

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._resolve_path_parameters(variables)
        for parameter in parameters:
            if parameter["name"] == "slug":
                parameter["description"] = "The organization, as its address names it."
                parameter["schema"]["pattern"] = "^[-a-zA-Z0-9_]+$"
        return parameters

    def _own_words(self) -> str:
        method = getattr(self.view, self.view.action, None)
        module = getattr(method, "__module__", "")
        return "" if module.startswith("rest_framework.") else " ".join((method.__doc__ or "").split())

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        codes = ALWAYS + (WITH_BODY if self.method in {"POST", "PATCH"} else ())
        for code in sorted(codes):
            serializer = PROBLEMS.get(code, ProblemSerializer)
            bodies[str(code)] = self._get_response_for_code(serializer, str(code), [CONTENT_TYPE], direction)
            bodies[str(code)]["description"] = TITLES[code]
        return bodies


def describe_tags(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add a description to each tag, from the docstring of its viewset (a post-processing hook of the generator)."""
    described = {}
    for _path, _regex, _method, callback in generator.endpoints or ():
        view = callback.cls
        described[view.plural.capitalize()] = " ".join((view.__doc__ or "").split())
    result["tags"] = [{"name": name, "description": text} for name, text in sorted(described.items())]
    return result
