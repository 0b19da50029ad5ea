"""Rows for tests, made the short way: an account, people in it, numbers, lists and contacts."""

from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.test import Client

from clickcall.models import (
    Account,
    Brand,
    Contact,
    ContactList,
    ContactPhone,
    Member,
    Role,
    Token,
    User,
    VirtualNumber,
)
from clickcall.models.searching import fold, searchable

PASSWORD = "correct-horse-battery"


def make_account(slug: str = "acme", **fields: Any) -> Account:
    defaults: dict[str, Any] = {
        "name": slug.capitalize(),
        "brand": Brand.CUSTOM,
        "call_api_url": "http://127.0.0.1:9/v4.0",
        "data_api_url": "http://127.0.0.1:9/v2.0",
        "timezone": "Europe/Moscow",
    }
    given = defaults | fields
    return Account.objects.create(slug=slug, **({"provider_timezone": given["timezone"]} | given))


@cache
def _hashed(password: str) -> str:
    return make_password(password)


def sign_in(client: Client, member: Member) -> Client:
    """As `force_login`, with one row written instead of five statements: nearly every test begins with it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    session.save(must_create=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def make_member(account: Account, username: str, role: str = Role.SALES, **fields: Any) -> Member:
    user = User.objects.filter(username=username).first()
    if user is None:
        user = User.objects.create(username=username, password=_hashed(PASSWORD))
    return Member.objects.create(
        account=account, user=user, role=role, name=fields.pop("name", username.capitalize()), **fields
    )


def make_number(account: Account, digits: str = "74993720692", *members: Member, **fields: Any) -> VirtualNumber:
    number = VirtualNumber.objects.create(account=account, digits=digits, name=fields.pop("name", "Moscow"), **fields)
    number.members.set(members)
    return number


def make_token(account: Account, secret: str = "test-key-0123456789abcdef", **fields: Any) -> Token:
    return Token.objects.create(account=account, name=fields.pop("name", "main"), secret=secret, **fields)


def make_list(account: Account, name: str = "Leads", *members: Member) -> ContactList:
    made = ContactList.objects.create(account=account, name=name)
    made.members.set(members)
    return made


def make_contact(list_: ContactList, name: str = "Иван Петров", *phones: str, **fields: Any) -> Contact:
    phones = phones or ("79260000000",)
    found_by = {"name_key": fold(name), "search_text": searchable(name, fields.get("company", ""), phones)}
    contact = Contact.objects.create(account=list_.account, list=list_, name=name, **found_by, **fields)
    for position, digits in enumerate(phones):
        kind = "sip" if digits.startswith("0") else "phone"
        ContactPhone.objects.create(contact=contact, account=list_.account, digits=digits, position=position, kind=kind)
    return contact
