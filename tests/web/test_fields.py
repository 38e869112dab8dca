import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import BaseRenderer, get_default_renderer
from django.template import Context, Template
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual

from okrapp.web.specimens import CheckInForm, EveryFieldForm
from okrapp.web.widgets import LongSelect, NumberField


def draw(tag: str, **context: Any) -> str:
    """What a tag of `ui` renders."""
    return Template("{% load ui %}" + tag).render(Context(context))


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.mark.parametrize("name", list(EveryFieldForm.base_fields))
def test_every_field_has_a_name_readers_hear(name: str) -> None:
    html = draw("{% field field %}", field=EveryFieldForm()[name])
    label_for = re.search(r'<label[^>]* for="([^"]+)"', html)
    if "<fieldset" in html:
        assert re.search(r"<legend[^>]*>.+?</legend>", html, re.S)
    else:
        assert label_for
        assert f'id="{label_for[1]}"' in html


def test_help_and_error_are_tied_to_the_field() -> None:
    form = EveryFieldForm({"title": ""})
    html = draw("{% field form.title %}", form=form)
    assert 'aria-invalid="true"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert described[1].split() == ["id_title_helptext", "id_title_error"]
    assert all(f'id="{element}"' in html for element in described[1].split())


def test_optional_fields_are_marked_and_required_ones_are_not() -> None:
    form = EveryFieldForm()
    assert "Optional" in draw("{% field form.due %}", form=form)
    assert "Optional" not in draw("{% field form.title %}", form=form)
    assert "Optional" not in draw("{% field form.digest %}", form=form)


def test_choices_that_say_what_empty_means_are_not_marked() -> None:
    class Filter(forms.Form):
        phase = forms.ChoiceField(required=False, choices=[("", "All phases"), ("a", "A")])
        plain = forms.ChoiceField(required=False, choices=[("", "---------"), ("a", "A")])
        several = forms.MultipleChoiceField(required=False, choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)

    form = Filter()
    marks = {name: "Optional" in draw("{% field field %}", field=form[name]) for name in form.fields}
    assert marks == {"phase": False, "plain": True, "several": False}


def test_text_from_people_is_escaped() -> None:
    form = EveryFieldForm({"title": '"><script>alert(1)</script>'})
    assert "<script" not in draw("{% field form.title label=label %}", form=form, label="<b>x</b>")
    assert "<b>x" not in draw("{% field form.title label=label help=label %}", form=form, label="<b>x</b>")


def test_extra_attributes_reach_the_widget() -> None:
    html = draw('{% field form.title autofocus=True data_row="1" placeholder="x" %}', form=EveryFieldForm())
    assert " autofocus" in html
    assert 'data-row="1"' in html
    assert 'placeholder="x"' in html
    assert "autofocus" not in draw("{% field form.title autofocus=False %}", form=EveryFieldForm())


def test_hidden_label_is_still_said() -> None:
    html = draw("{% field form.title hide_label=True %}", form=EveryFieldForm())
    assert 'aria-label="Title"' in html
    assert "<label" not in html


def test_form_errors_name_the_fields_when_there_are_several() -> None:
    form = EveryFieldForm({"weight": "many", "kind": "c", "visibility": "all"})
    html = draw("{% form_errors form %}", form=form)
    assert 'role="alert"' in html
    assert 'href="#id_title"' in html
    assert 'href="#id_weight"' in html
    assert draw("{% form_errors form %}", form=EveryFieldForm()).strip() == ""
    one = EveryFieldForm({"title": "x", "weight": "many", "kind": "c", "visibility": "all"})
    assert draw("{% form_errors form %}", form=one).strip() == ""


def test_errors_of_hidden_fields_and_of_the_form_are_shown() -> None:
    class Versioned(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self) -> None:
            raise forms.ValidationError("Somebody else changed it.")

    html = draw("{% form_errors form %}", form=Versioned({}))
    assert "Somebody else changed it." in html
    assert "Version: This field is required." in html


def test_choice_buttons_carry_their_tones() -> None:
    html = draw('{% choice_buttons form.confidence tones="ok warn" %}', form=CheckInForm({"confidence": "at_risk"}))
    assert re.findall(r'<label class="tone-(\w+)"', html) == ["ok", "warn", "neutral"]
    checked = re.search(r"<input[^>]*checked[^>]*>", html)
    assert checked
    assert 'value="at_risk"' in checked[0]


def test_stepper_speaks_numbers_of_the_language() -> None:
    form = CheckInForm(initial={"value": 1234.5})
    with translation.override("de"):
        html = draw("{% stepper form.value step=0.5 unit='%' %}", form=form)
    assert 'value="1234,5"' in html
    assert 'data-step="0.5"' in html
    assert 'data-step="-0.5"' in html


def test_what_was_typed_is_kept() -> None:
    assert 'value="fifty"' in draw("{% stepper form.value %}", form=CheckInForm({"value": "fifty"}))


@pytest.mark.parametrize(
    ("typed", "valid"), [("41,5", True), ("1 000", True), ("", False), ("abc", False), ("1e5", False)]
)
def test_number_field(typed: str, valid: bool) -> None:
    class Measured(forms.Form):
        value = NumberField(max_digits=10, decimal_places=2)

    assert Measured({"value": typed}).is_valid() is valid


def test_number_field_keeps_its_limits_and_knows_what_changed() -> None:
    field = NumberField(max_value=100, required=False)
    with pytest.raises(forms.ValidationError):
        field.clean("101")
    assert field.clean("") is None
    assert not field.has_changed("41", "41.00")
    assert field.has_changed("41", "41.5")
    assert field.has_changed("41", "x")


@pytest.mark.parametrize("value", [None, "", "b", 3, "none of them"])
def test_a_long_select_is_what_django_would_draw_without_a_template_for_each_option(value: Any) -> None:
    choices = [(None, "Nothing"), ("a", "A & <b>"), ("“Yours”", [("b", "B"), (3, "Three")])]
    attributes = {"id": "x", "class": "select", "required": True, "disabled": False}
    usual = forms.Select(choices=choices).render("team", value, attributes, get_default_renderer())

    class NoTemplates(BaseRenderer):
        def render(self, *args: Any, **kwargs: Any) -> str:
            raise AssertionError(args)

    assertHTMLEqual(LongSelect(choices=choices).render("team", value, attributes, NoTemplates()), usual)
