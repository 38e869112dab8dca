"""The schema of the API, and the page that shows it to people."""

import json
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer

Json = dict[str, Any]

PREFIX = "/api/v1/o/{slug}/"
# The order in which people get to know the resources; others come after.
FIRST = ("Cycles", "Objectives", "Key results", "Check-ins", "Alignments", "Initiatives", "Teams", "Members")
TONES = {"GET": "info", "POST": "ok", "PUT": "warn", "PATCH": "warn", "DELETE": "bad"}
FORMATS = {"uuid": "id", "date": "date", "date-time": "moment", "uri": "link", "email": "e-mail address"}
EXAMPLES = {"uuid": "01890a5d-ac96-774b-bcce-b302099a8057", "date": "2027-01-01", "email": "maja@example.com"}


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a request or an answer. `link` names the object it is, `choices` what it may be."""

    name: str
    type: str
    required: bool
    description: str
    link: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """Something one can ask."""

    id: str
    method: str
    tone: str
    path: str
    summary: str
    description: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answers: tuple[Field, ...]
    body_example: str
    is_form: bool


@dataclass(slots=True)
class Resource:
    """Operations and the objects they answer with."""

    name: str
    anchor: str
    description: str
    operations: list[Operation] = field(default_factory=list)
    objects: list[tuple[str, str, tuple[Field, ...]]] = field(default_factory=list)


@cache
def schema_text() -> bytes:
    """Return the schema as JSON, in English; made once per process."""
    with translation.override("en"):
        made = SchemaGenerator().get_schema(request=None, public=True)
        return OpenApiJsonRenderer().render(made)


@cache
def resources() -> tuple[Resource, ...]:
    """Return everything the API offers; made once per process."""
    return Reading(json.loads(schema_text())).resources()


@require_safe
@cache_control(public=True, max_age=3600)
def schema(request: HttpRequest) -> HttpResponse:
    """Answer with the schema, to anybody."""
    return HttpResponse(schema_text(), content_type="application/json")


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show the reference, to anybody."""
    origin = request.build_absolute_uri("/").rstrip("/")
    context = {"resources": resources(), "origin": origin, "body": _body(translation.get_language(), origin)}
    return render(request, "api/reference.html", context)


@lru_cache(maxsize=16)
def _body(language: str, origin: str) -> SafeString:
    """Return the long part of the page, which is the same for everybody of a language."""
    with translation.override(language):
        return render_to_string("api/_resources.html", {"resources": resources(), "origin": origin})


class Reading:
    """Reads a schema for people."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.components: dict[str, Json] = document["components"]["schemas"]

    def resources(self) -> tuple[Resource, ...]:
        """Return the resources in the order in which people get to know them."""
        found = {
            tag["name"]: Resource(tag["name"], slugify(tag["name"]), tag["description"])
            for tag in self.document["tags"]
        }
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                found[operation["tags"][0]].operations.append(self._operation(path, method.upper(), operation))
        self._place_objects(found)
        order = {name: place for place, name in enumerate(FIRST)}
        return tuple(sorted(found.values(), key=lambda one: (order.get(one.name, len(order)), one.name)))

    def _operation(self, path: str, method: str, operation: Json) -> Operation:
        content: Json = operation.get("requestBody", {}).get("content", {})
        media_type: str = next(iter(content), "")
        body: Json = content.get(media_type, {})
        return Operation(
            id=operation["operationId"],
            method=method,
            tone=TONES[method],
            path=path.removeprefix(PREFIX),
            summary=operation["summary"],
            description=tuple(operation["description"].split("\n\n")),
            parameters=tuple(self._parameter(one) for one in operation.get("parameters", []) if one["name"] != "slug"),
            body=self._fields(body.get("schema", {})),
            answers=tuple(self._answers(operation["responses"])),
            body_example=json.dumps(self._example(body.get("schema", {})), ensure_ascii=False) if body else "",
            is_form=media_type == "multipart/form-data",
        )

    def _parameter(self, parameter: Json) -> Field:
        told, link, choices = self._type(parameter["schema"])
        where = {"path": "in the path", "header": "header", "query": "query"}[parameter["in"]]
        description = parameter.get("description", "")
        # A list of choices is shown as such.
        text = "" if description.startswith("* ") else description.partition("\n\n* ")[0]
        return Field(parameter["name"], f"{told}, {where}", parameter.get("required", False), text, link, choices)

    def _answers(self, responses: dict[str, Json]) -> list[Field]:
        answers = []
        for code, response in sorted(responses.items()):
            if int(code) >= 400:
                continue
            content = next(iter(response.get("content", {}).values()), None)
            told, link, _choices = self._type(content["schema"]) if content else ("nothing", "", ())
            answers.append(Field(code, told, True, "", link))
        return answers

    def _fields(self, schema: Json) -> tuple[Field, ...]:
        resolved = self._resolved(schema)
        required = set(resolved.get("required", []))
        found = []
        for name, one in resolved.get("properties", {}).items():
            told, link, choices = self._type(one)
            description = one.get("description", "").partition("\n\n* ")[0]
            text = "" if description.startswith("* ") else description
            found.append(Field(name, told, name in required, text, link, choices))
        return tuple(found)

    def _type(self, schema: Json) -> tuple[str, str, tuple[str, ...]]:
        """Return a type in words, the name of the object it is (or ""), and its choices."""
        if "$ref" in schema:
            return self._named(schema["$ref"].rpartition("/")[2])
        variants = schema.get("allOf") or schema.get("oneOf") or schema.get("anyOf")
        if variants:
            read = [self._type(one) for one in variants]
            told = " or ".join(dict.fromkeys(words for words, _link, _choices in read))
            link = next((one for _words, one, _choices in read if one), "")
            return told, link, tuple(choice for *_rest, choices in read for choice in choices)
        if "enum" in schema:
            return "choice", "", tuple(str(choice) or "“”" for choice in schema["enum"])
        kinds = schema.get("type", "any value")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if "array" in kinds:
            inner, link, choices = self._type(schema.get("items", {}))
            return " or ".join([f"list of {inner}", *(["null"] if "null" in kinds else [])]), link, choices
        text = FORMATS.get(schema.get("format", ""), "text")
        words = [text if kind == "string" else kind for kind in kinds]
        return " or ".join(words), "", ()

    def _named(self, name: str) -> tuple[str, str, tuple[str, ...]]:
        component = self.components[name]
        if name.startswith("Paginated"):
            inner, link, _choices = self._type(component["properties"]["results"]["items"])
            return f"page of {inner}", link, ()
        if "enum" in component or component.get("type") == "null":
            return ("null", "", ()) if name == "Null" else self._type(component)
        return _words(name), name, ()

    def _resolved(self, schema: Json) -> Json:
        return self.components[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema

    def _place_objects(self, found: dict[str, Resource]) -> None:
        """Show each object once: at the resource that gets one of it, else where it is met first."""
        placed: set[str] = set()
        everything = [(resource, operation) for resource in found.values() for operation in resource.operations]
        for resource, operation in sorted(everything, key=lambda one: not one[1].id.endswith("_get")):
            waiting = [one.link for one in (*operation.answers, *operation.body) if one.link]
            while waiting:
                name = waiting.pop(0)
                if name in placed:
                    continue
                placed.add(name)
                fields = self._fields(self.components[name])
                resource.objects.append((name, _words(name), fields))
                waiting += [one.link for one in fields if one.link]

    def _example(self, schema: Json) -> Any:
        """Return a value that fits: what is required of an object, or else its first field."""
        resolved = self._resolved(schema)
        if variants := resolved.get("allOf") or resolved.get("oneOf") or resolved.get("anyOf"):
            return self._example(variants[0])
        if "enum" in resolved:
            return resolved["enum"][0]
        if properties := resolved.get("properties"):
            names = resolved.get("required") or list(properties)[:1]
            return {name: self._example(properties[name]) for name in names if name in properties}
        kinds = resolved.get("type", "string")
        kind = kinds[0] if isinstance(kinds, list) else kinds
        if kind == "array":
            return [self._example(resolved.get("items", {}))]
        return {"integer": 1, "number": 42.5, "boolean": True, "object": {}}.get(
            kind, EXAMPLES.get(resolved.get("format", ""), "…")
        )


def _words(name: str) -> str:
    """Return the name of a component as people write it: `KeyResult` is a key result."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.strip()
