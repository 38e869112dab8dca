"""The first five minutes."""

from django.urls import URLPattern, URLResolver, path

from okrs.views import welcome

urlpatterns: list[URLPattern | URLResolver] = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/cycle/", welcome.welcome_cycle, name="welcome_cycle"),
    path("welcome/objective/", welcome.welcome_objective, name="welcome_objective"),
    path("welcome/key-result/", welcome.welcome_key_result, name="welcome_key_result"),
    path("welcome/people/", welcome.welcome_people, name="welcome_people"),
]
