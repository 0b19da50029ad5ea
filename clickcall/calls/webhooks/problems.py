"""What is wrong with a notification, in the reader's language. The database keeps codes."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WORDS = {
    "empty": gettext_lazy("Nothing was sent. Paste the template into the body of the notification."),
    "unfilled": gettext_lazy(
        "The template was pasted wrongly: its variables came as they are. Choose POST and paste it into the body, "
        "where variables are filled in."
    ),
    "quotes": gettext_lazy(
        "The template was pasted wrongly: there are quotes around a variable. Leave them out, the provider puts them "
        "itself."
    ),
    "not_json": gettext_lazy("The template was pasted wrongly: this is no JSON. Copy it once more, whole."),
    "not_object": gettext_lazy(
        "The template was pasted wrongly: it has to begin with { and to end with }. Copy it once more, whole."
    ),
    "no_event": gettext_lazy("The template was pasted wrongly: the line “event” is missing. Copy it once more, whole."),
    "no_session": gettext_lazy(
        "The template was pasted wrongly: the line “call_session_id” is missing or empty. Copy it once more, whole."
    ),
}


def in_words(problem: str) -> str:
    """A sentence with what to do about it; "" without a problem."""
    code, _blank, detail = problem.partition(" ")
    line, _blank, column = detail.partition(" ")
    if code == "not_json" and column:
        return _(
            "The template was pasted wrongly: in line %(line)s, at character %(column)s, this is no JSON any more. "
            "Copy it once more, whole."
        ) % {"line": line, "column": column}
    if code == "nested":
        return _("The template was pasted wrongly: “%(name)s” holds several values.") % {"name": detail}
    if code == "unknown_event":
        return _("The template was pasted wrongly: there is no event “%(name)s”.") % {"name": detail}
    return str(_WORDS.get(code, problem))
