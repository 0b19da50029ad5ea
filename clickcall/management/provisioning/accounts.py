"""The account itself, its teams, its access keys and its blacklist."""

from typing import Any

from ...accounts import services
from ...calls.webhooks import addresses
from ...models import Account, BlacklistEntry, Team, Token
from .entries import Entry
from .run import Run, checked, needed, read_digits

SETTINGS = {
    name: name
    for name in (
        "name",
        "brand",
        "call_api_url",
        "data_api_url",
        "country",
        "timezone",
        "colour",
        "tts_max_length",
        "automatic_number_management",
        "show_virtual_phone_number",
    )
}


def apply_account(run: Run, entry: Entry) -> Account:
    """The account by its slug."""
    run.once(entry, "slug", "account", entry["slug"])
    fields = entry.given(SETTINGS)

    hook_secret = run.secret(entry, "hook_secret")

    def create() -> Account:
        needed(entry, "name", "brand")
        made: Account = checked(
            services.create_account, entry, SETTINGS, slug=entry["slug"], by_operator=True, **fields
        )
        _hook_secret(entry, made, hook_secret)
        return made

    def update(account: Account) -> bool:
        changed = bool(checked(services.update_account, entry, SETTINGS, account, by_operator=True, **fields))
        return _hook_secret(entry, account, hook_secret) or changed

    return run.settle(Account.objects.filter(slug=entry["slug"]).first(), create, update)


def _hook_secret(entry: Entry, account: Account, secret: str | None) -> bool:
    """The end of the address for notifications; the one before overlaps with it."""
    names = {"hook_secret_env": "hook_secret"}
    return secret is not None and bool(checked(addresses.set_secret, entry, names, account, secret))


def apply_team(run: Run, account: Account, entry: Entry) -> Team:
    """The team that a member's entry names; written large or small, it is the same one."""
    name: str = entry["team"]
    teams = Team.objects.filter(account=account)
    found = next((team for team in teams if team.name.casefold() == name.casefold()), None)
    if found is None:
        found = checked(services.create_team, entry, {"team": "name"}, account=account, name=name)
        run.first_time("team", found.pk)
        run.tally.created += 1
    elif run.first_time("team", found.pk):
        run.tally.unchanged += 1
    return found


def apply_token(run: Run, account: Account, entry: Entry, position: int) -> Token:
    """The key by its name, at its place in the order of use."""
    run.once(entry, "name", "token", account.pk, entry["name"])
    fields: dict[str, Any] = (
        _credentials(run, entry) | {"position": position} | entry.given({"expires_on": "expires_on"})
    )
    if "login" in fields and "expires_on" in fields:
        raise entry.bad("expires_on", "belongs to a secret: a login has no last day")
    names = {name: name for name in ("name", "secret", "login", "password", "expires_on")}

    def create() -> Token:
        made: Token = checked(services.add_token, entry, names, account=account, name=entry["name"], **fields)
        return made

    def update(token: Token) -> bool:
        return bool(checked(services.update_token, entry, names, token, **fields))

    token = run.settle(Token.objects.filter(account=account, name=entry["name"]).first(), create, update)
    run.left_archived(entry, token)
    return token


def _credentials(run: Run, entry: Entry) -> dict[str, str]:
    """A key, or a login and a password."""
    secret, password = run.secret(entry, "secret"), run.secret(entry, "password")
    if (secret is None) == ("login" not in entry):
        raise entry.bad("secret", "give a secret (or secret_env), or a login with a password (or password_env)")
    if (password is None) == ("login" in entry):
        raise entry.bad("password", "belongs to a login, and a login to a password")
    return {"secret": secret} if secret is not None else {"login": entry["login"], "password": password or ""}


def apply_blacklist(run: Run, account: Account, entry: Entry) -> None:
    """Phones that the provider's PBX refuses to call."""
    for place, text in enumerate(entry.get("blacklist", [])):
        digits = read_digits(entry, f"blacklist[{place}]", text, account)
        _, new = BlacklistEntry.objects.get_or_create(account=account, digits=digits)
        run.tally.settle(new=new, changed=False)
