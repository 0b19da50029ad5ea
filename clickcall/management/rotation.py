"""Secrets of all tables under the newest of `CLICKCALL_TOKEN_KEYS`.

Row by row, each in one narrow update that only meets the cipher text it has read: so pages and workers go on meanwhile,
and a rotation that was interrupted goes on where it stopped, because what is under the newest key already is passed by.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Model
from django.db.models.functions import Cast

from ..models.fields import SecretField, cipher

BATCH = 200
Place = tuple[type[Model], str]


@dataclass(slots=True)
class Rotation:
    """How many secrets were rotated, were under the newest key already, or can be read with no key that is there.

    `places` names the columns with what could not be read.
    """

    rotated: int = 0
    current: int = 0
    unreadable: int = 0
    places: list[str] = field(default_factory=list)

    @property
    def removable(self) -> list[int]:
        """The positions, counted from 1, of the keys that no secret needs any more."""
        return [] if self.unreadable else list(range(2, len(settings.CLICKCALL_TOKEN_KEYS) + 1))


def rotate() -> Rotation:
    """Rotates every secret of every model of ours."""
    result = Rotation()
    newest = Fernet(settings.CLICKCALL_TOKEN_KEYS[0])
    for place in secret_places():
        for pk, text in _texts(place):
            _one(place, pk, text, newest, result)
    return result


def secret_places() -> list[Place]:
    """Every column that holds secrets."""
    models = apps.get_app_config("clickcall").get_models()
    return [(model, one.name) for model in models for one in model._meta.fields if isinstance(one, SecretField)]


def _texts(place: Place) -> Iterator[tuple[Any, str]]:
    """The keys and the cipher texts of a column, in batches."""
    last: Any = None
    while True:
        rows = _with_text(place).exclude(secret_text="").order_by("pk")
        batch = list((rows if last is None else rows.filter(pk__gt=last)).values_list("pk", "secret_text")[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1][0]


def _with_text(place: Place) -> Any:
    """Rows with the cipher text as the database holds it."""
    model, name = place
    return model._base_manager.annotate(secret_text=Cast(name, CharField()))


def _one(place: Place, pk: Any, text: str, newest: Fernet, result: Rotation) -> None:
    try:
        newest.decrypt(text.encode())
    except InvalidToken:
        pass
    else:
        result.current += 1
        return
    model, name = place
    try:
        plain = cipher().decrypt(text.encode()).decode()
    except InvalidToken:
        result.unreadable += 1
        result.places.append(f"{model._meta.label}.{name} of row {pk}")
        return
    # Somebody who has replaced the secret meanwhile has encrypted it with the newest key as well.
    result.rotated += _with_text(place).filter(pk=pk, secret_text=text).update(**{name: plain})
