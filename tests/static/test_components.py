"""The pieces that every page is built of."""

import re

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from clickcall.web.paging import Page


class Sheet(forms.Form):
    name = forms.CharField(help_text="As in the log", widget=forms.TextInput(attrs={"class": "mono"}))
    dtmf = forms.CharField(required=False)
    first = forms.ChoiceField(choices=[("e", "Employee"), ("c", "Contact")], widget=forms.RadioSelect)
    number = forms.ChoiceField(choices=[("1", "+7 499")])
    preset = forms.ChoiceField(required=False, choices=[("", "The usual one")])
    note = forms.CharField(required=False, widget=forms.Textarea)
    at_once = forms.BooleanField(required=False, help_text="No music")
    next = forms.CharField(widget=forms.HiddenInput)


def field(name: str, data: dict[str, str] | None = None) -> str:
    html = render_to_string("components/field.html", {"field": Sheet(data)[name]})
    return re.sub(r"\s+", " ", html)


def test_a_field_ties_label_help_and_control_together() -> None:
    html = field("name")
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert '<p class="help" id="id_name_helptext">As in the log</p>' in html
    assert "is-invalid" not in html


def test_a_control_keeps_the_class_that_its_form_gave_it() -> None:
    assert 'class="form-control mono"' in field("name")


def test_an_error_stands_at_its_field_and_is_announced_with_it() -> None:
    html = field("name", {"name": ""})
    assert '<div class="field is-invalid">' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert re.search(r'<div id="id_name_error"> <p class="err"><svg.*</svg>This field is required.</p>', html)


def test_the_first_wrong_field_has_the_focus() -> None:
    wrong = {"name": "", "number": "none"}
    assert "autofocus" in field("name", wrong)
    assert "autofocus" not in field("number", wrong)
    assert "autofocus" in field("number", wrong | {"name": "x"} | {"first": "e"})
    assert "autofocus" not in field("name")


def test_only_what_may_be_left_out_says_so() -> None:
    assert '<span class="opt">optional</span>' in field("dtmf")
    assert "optional" not in field("name")


def test_a_list_says_itself_what_is_meant_by_nothing() -> None:
    assert "optional" not in field("preset")


@pytest.mark.parametrize(
    ("name", "css"), [("number", "form-select"), ("note", "form-control"), ("at_once", "form-check-input")]
)
def test_each_kind_of_control_has_its_own_look(name: str, css: str) -> None:
    assert f'class="{css}"' in field(name)


def test_radios_are_choices_in_a_named_group_and_the_chosen_one_is_marked() -> None:
    html = field("first", {"first": "c"})
    assert "<fieldset" in html
    assert html.count('<label class="choice"') == 2
    assert re.search(r'value="c" id="id_first_1" checked', html)
    assert not re.search(r'value="e" id="id_first_0" checked', html)


def test_a_choice_that_is_forbidden_says_why() -> None:
    attrs = {"disabled": True, "help": "Not bought"}
    data = {"type": "radio", "name": "n", "value": "1", "label": "By region", "attrs": attrs}
    html = render_to_string("components/choice.html", {"data": data, "id": "id_n_1"})
    assert re.search(r"\sdisabled\s", html)
    assert 'aria-describedby="id_n_1_helptext"' in html
    assert ">Not bought</span>" in html


def test_what_was_typed_is_escaped_and_kept() -> None:
    assert 'value="&quot;&gt;&lt;b&gt;"' in field("dtmf", {"dtmf": '"><b>'})


def test_a_hidden_field_has_neither_label_nor_frame() -> None:
    assert field("next").strip() == '<input type="hidden" name="next" id="id_next">'


def test_good_news_floats_and_bad_news_stays_in_the_page() -> None:
    messages = [Message(constants.SUCCESS, "Saved"), Message(constants.ERROR, "UIS refused our address")]
    toasts = render_to_string("components/messages.html", {"messages": messages})
    banners = render_to_string("components/notices.html", {"messages": messages})
    assert "Saved" in toasts
    assert "UIS refused" not in toasts
    assert "Saved" not in banners
    assert "UIS refused" in banners
    assert "banner mb-3 is-bad" in banners


def test_a_fragment_brings_all_its_messages_with_it() -> None:
    messages = [Message(constants.SUCCESS, "Saved"), Message(constants.ERROR, "Refused")]
    html = render_to_string("components/messages.html", {"messages": messages, "oob": True})
    assert '<div id="toasts" hx-swap-oob="beforeend">' in html
    assert html.count("data-toast") == 2


def test_the_pager_offers_only_the_pages_that_there_are_and_keeps_the_filters(rf: RequestFactory) -> None:
    page = Page(rows=[], after="A1", before="")
    html = render_to_string("components/pager.html", {"page": page}, request=rf.get("/log/?q=ivan&before=B9"))
    assert 'href="?q=ivan&amp;after=A1"' in html
    assert "Newer" not in html


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "500.html"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_of_trouble_needs_no_context_at_all(name: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(name)
    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1
    assert not re.search(r"\berror\b|\bfailed\b", html, re.IGNORECASE)
