import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from clickcall.accounts.addresses import public_address


@pytest.mark.parametrize(
    "text",
    [
        "https://callapi.uiscom.ru/v4.0",
        "https://callapi.uiscom.ru:8443/v4.0",
        "https://8.8.8.8/v4.0",
        "https://[2a00:1450:4001:81b::200e]/v4.0",
        "https://localhost.example.com/",
    ],
)
def test_a_public_https_address_passes(text: str) -> None:
    assert public_address(f" {text} ") == text.rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "callapi.uiscom.ru/v4.0",
        "https://",
        "https:///v4.0",
        "https://[::1",
        "https://a.example:99999/",
        "https://a.example:0/",
        "https://a.example/?key=1",
        "https://a.example/#top",
        "https://a.example/a b",
        "https://a.example/\\b",
        "https://пример.рф/",
        "https://127。0。0。1/",
        "javascript:alert(1)",
        "https://a.example/" + "v" * 200,
    ],
)
@override_settings(CLICKCALL_ALLOW_PRIVATE_URLS=True)
def test_what_is_no_address_is_refused_everywhere(text: str) -> None:
    with pytest.raises(ValidationError):
        public_address(text)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "provider",
        "db.localhost",
        "printer.local",
        "nas.lan",
        "vault.internal",
        "router.home.arpa",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0x1",
        "0177.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "user:pass@a.example",
        "a_b.example",
    ],
)
def test_a_private_host_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises(ValidationError):
        public_address(f"https://{host}/v4.0")


def test_plain_http_is_refused() -> None:
    with pytest.raises(ValidationError, match="https"):
        public_address("http://callapi.uiscom.ru/v4.0")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/v4.0", "http://simulator:9000/v4.0"])
@override_settings(CLICKCALL_ALLOW_PRIVATE_URLS=True)
def test_the_operator_may_let_private_addresses_through(url: str) -> None:
    assert public_address(url) == url
