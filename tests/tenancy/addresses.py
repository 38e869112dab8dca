"""Addresses for tests of the middleware, in front of the product's own."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from okrapp.tenancy.context import current_organization_id
from okrapp.urls import urlpatterns as product
from organizations.models import Team


def write(request: HttpRequest, slug: str) -> HttpResponse:
    Team.objects.create(name="Written", slug="written")
    return HttpResponse("written")


def write_and_raise(request: HttpRequest, slug: str) -> HttpResponse:
    Team.objects.create(name="Written", slug="written")
    raise LookupError


def write_and_answer_500(request: HttpRequest, slug: str) -> HttpResponse:
    Team.objects.create(name="Written", slug="written")
    return HttpResponse(status=500)


def write_and_fail_while_rendering(request: HttpRequest, slug: str) -> HttpResponse:
    Team.objects.create(name="Written", slug="written")

    def fail() -> str:
        raise LookupError

    return TemplateResponse(request, engines["django"].from_string("{{ fail }}"), {"fail": fail})


def lazy(request: HttpRequest, slug: str) -> HttpResponse:
    template = engines["django"].from_string("{% for team in teams %}{{ team.slug }} {% endfor %}")
    return TemplateResponse(request, template, {"teams": Team.objects.order_by("slug")})


def who(request: HttpRequest, slug: str) -> HttpResponse:
    return JsonResponse({"organization": request.organization.slug, "tenant": current_organization_id()})


def outside(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"organization": request.organization, "tenant": current_organization_id()})


urlpatterns = [
    path("o/<slug:slug>/test/write/", write),
    path("o/<slug:slug>/test/write-and-raise/", write_and_raise),
    path("o/<slug:slug>/test/write-and-answer-500/", write_and_answer_500),
    path("o/<slug:slug>/test/write-and-fail-while-rendering/", write_and_fail_while_rendering),
    path("o/<slug:slug>/test/lazy/", lazy),
    path("o/<slug:slug>/test/who/", who),
    path("test/outside/", outside),
    *product,
]
