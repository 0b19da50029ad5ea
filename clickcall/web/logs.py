"""Log lines as JSON, each with its request's name, without tokens and phone numbers."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

# Seven digits and more in a row are a phone or a session; behind a plus or an 8 they may stand apart, as people write
# them. The last two are enough to recognise one's own.
_PHONE = re.compile(r"\+?\d{5,}(?=\d{2})|(?:\+\d|\b8[ (-])[\d\s().-]{6,18}(?=\d{2}(?!\d))")
# "access_token": "…", password=…, and whatever stands behind such a word: in quotes, in escaped quotes, or bare.
_SECRET = re.compile(
    r"""(?ix)
    ((?: access_token | session_key | password | secret | authorization ) \\*["']? \s*[:=]\s* )
    (?: "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | \\+"[^"]*" | (?:(?:bearer|basic|token)\s+)? ["']?[^"'\s,}&]+ )
    """
)


# The address that notifications come to ends with a secret: /hooks/<account>/<secret>/.
_HOOK = re.compile(r"(?i)(/hooks/+[^/\s\"']*/+)[^/\s\"'?]+")


def masked(text: str) -> str:
    """The text without secrets, and with no more of a phone than its last two digits."""
    return _PHONE.sub("•••", without_secrets(text))


def without_secrets(text: str) -> str:
    """The text without what is named as a secret, and without that of our own address for notifications."""
    return _HOOK.sub(r"\1•••", _SECRET.sub(r"\1•••", text))


class MaskFilter(logging.Filter):
    """Masks secrets and phones in the finished message, its traceback included."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = masked(record.exc_text or logging.Formatter().formatException(record.exc_info))
        return True


def mask_access_log() -> None:
    """Masks the request lines of a gunicorn that the operator runs with a log of its own; ours writes none."""
    logger = logging.getLogger("gunicorn.access")
    if not any(isinstance(one, MaskFilter) for one in logger.filters):
        logger.addFilter(MaskFilter())


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if name := request_id.get():
            line["request"] = name
        if record.exc_text:
            line["trace"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)
