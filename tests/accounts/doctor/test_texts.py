"""The doctor's words: each finding says what is the matter and what to do, in both languages."""

import re
from typing import Any

import pytest
from django.utils import translation

from clickcall.accounts.doctor.findings import CODES, Finding
from clickcall.accounts.doctor.texts import TEXTS

DETAILS: dict[str, Any] = {
    "address": "203.0.113.7",
    "host": "callapi.example",
    "seconds": "3.1",
    "version": "v5.0",
    "left": 3,
    "limit": 60,
    "number": "74993720692",
    "until": "2026-11-30",
    "missing": True,
}
CAUSES = ["", "forbidden", "refused", "dns", "proxy", "http_4xx", "not_json", "component_disabled"]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("code", ["ok", *CODES])
@pytest.mark.parametrize("details", [{}, DETAILS])
@pytest.mark.parametrize("api", ["call", "data", None])
def test_every_finding_has_words_with_no_gap_in_them(
    language: str, code: str, details: dict[str, Any], api: Any
) -> None:
    with translation.override(language):
        for cause in CAUSES:
            finding = Finding(code, "fail", "main", api, {**details, "cause": cause})
            for text in (finding.message("CoMagic"), finding.remedy("CoMagic")):
                assert len(text) > 10 or code == "ok"
                assert not re.search(r"%\(|None|\{", text)


@pytest.mark.parametrize("code", [code for code in CODES if code not in ("clock_skew", "number_without_scenario")])
def test_the_brand_is_named_as_the_account_has_it(code: str) -> None:
    texts = [text for name, pair in TEXTS.items() if name.partition(":")[0] == code for text in pair]
    assert texts
    assert not any(re.search("UIS|CallGear", str(text)) for text in texts)


@pytest.mark.parametrize(
    ("code", "api", "details", "said"),
    [
        ("component_missing", "call", {"cause": "component_disabled"}, "component “Call management”"),
        ("component_missing", "data", {"cause": "method_component_disabled"}, "does not include Data API"),
        ("component_missing", "call", {"cause": "forbidden"}, "has no right to use Call API"),
        ("unreachable", "call", {"cause": "dns", "host": "x.example"}, "name x.example is not known"),
        ("unreachable", "call", {"cause": "redirect", "host": "x.example"}, "Nobody answers as Call API"),
        ("unreachable", "call", {"cause": "bad_status", "host": "x.example"}, "(bad_status)"),
        ("token_expired", None, {"until": "2026-11-30"}, "is valid until Nov. 30, 2026"),
        ("token_expired", "call", {}, "has expired"),
        ("slow", "data", {"seconds": "3.1"}, "took 3.1 s"),
        ("slow", "data", {"host": "x.example"}, "did not answer in time"),
    ],
)
def test_a_cause_has_words_of_its_own(code: str, api: Any, details: dict[str, Any], said: str) -> None:
    assert said in Finding(code, "fail", "main", api, details).message("UIS")
