"""Rows for tests, made the short way: an account, people in it, numbers, lists and contacts."""

from typing import Any

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

PASSWORD = "correct-horse-battery"


def make_account(slug: str = "acme", **fields: Any) -> Account:
    defaults: dict[str, Any] = {
        "name": slug.capitalize(),
        "brand": Brand.CUSTOM,
        "call_api_url": "http://127.0.0.1:9/v4.0",
        "data_api_url": "http://127.0.0.1:9/v2.0",
        "timezone": "Europe/Moscow",
    }
    return Account.objects.create(slug=slug, **(defaults | fields))


def make_member(account: Account, username: str, role: str = Role.SALES, **fields: Any) -> Member:
    user, new = User.objects.get_or_create(username=username)
    if new:
        user.set_password(PASSWORD)
        user.save()
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
    key = name.lower().replace("ё", "е")
    search = f"{key} {fields.get('company', '').lower()} {' '.join(phones)}"
    contact = Contact.objects.create(
        account=list_.account, list=list_, name=name, name_key=key, search_text=search, **fields
    )
    for position, digits in enumerate(phones):
        kind = "sip" if digits.startswith("0") else "phone"
        ContactPhone.objects.create(contact=contact, account=list_.account, digits=digits, position=position, kind=kind)
    return contact
