"""Form fields of the call's parameters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

_TRUE = {"true", "1", "on", "yes"}
_FALSE = {"false", "0", "off", "no"}


class ThreeValuedField(forms.Field):
    """Yes, no, or left alone. Left alone (None) is left out of the request."""

    widget = forms.Select(
        choices=[("", _("As the provider does")), ("true", _("Yes")), ("false", _("No"))],
    )
    default_error_messages = {"invalid": _("Choose yes or no, or leave it alone.")}

    def to_python(self, value: Any) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        word = str(value).strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        if word in self.empty_values:
            return None
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != self.prepare_value(data))


class WordField(forms.ChoiceField):
    """One of the provider's words; the error names all of them."""

    default_error_messages = {"invalid_choice": _("“%(value)s” is not one of: %(allowed)s.")}

    def __init__(self, words: type[TextChoices], *, required: bool = False, **kwargs: Any) -> None:
        left_alone = [] if required else [("", _("As the provider does"))]
        super().__init__(choices=[*left_alone, *words.choices], required=required, **kwargs)
        self.words = words

    def validate(self, value: str) -> None:
        if value and value not in self.words.values:
            params = {"value": value, "allowed": ", ".join(self.words.values)}
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=params)
        super().validate(value)
