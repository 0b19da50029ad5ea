"""Why a tag was not set or taken off: what became of it, and what to do, for whoever pressed."""

from django.utils.translation import gettext as _

from ...accounts.tokens import NoReadyKey
from ...models import Account, Member, Tag
from ...numbers.sync.words import in_words
from ...provider.errors import AnswerUnknown, NotSent, ProviderError, Refused


def in_plain_words(error: ProviderError | NoReadyKey, tag: Tag, viewer: Member) -> str:
    """Nothing was changed here; at the provider only where its answer got lost."""
    words = {"brand": str(viewer.account.brand_name), "tag": str(tag)}
    cause = error.error if isinstance(error, NoReadyKey) else error
    if isinstance(cause, AnswerUnknown):
        return _("%(brand)s did not answer, so we don't know about “%(tag)s”. Press again: it cannot go twice.") % words
    if isinstance(cause, NotSent) and cause.cause != "no_key":
        return _("“%(tag)s” was not changed: %(brand)s was not reached. Try again in a minute.") % words
    if isinstance(cause, Refused):
        if cause.mnemonic == "tag_not_found":
            return _("%(brand)s does not know the tag “%(tag)s” any more. Choose another one.") % words
        if cause.mnemonic == "limit_exceeded":
            return _("“%(tag)s” was not changed: the request limit is used up. Try again later.") % words
        if cause.mnemonic in ("error", "") and cause.message:
            return _("“%(tag)s” was not changed. %(brand)s says: %(message)s") % {**words, "message": cause.message}
    return _for_an_admin(cause, words, viewer)


def _for_an_admin(cause: ProviderError | None, words: dict[str, str], viewer: Member) -> str:
    trouble = in_words((getattr(cause, "mnemonic", "") or cause.cause) if cause else "no_key")
    if trouble is None:
        return _("“%(tag)s” was not changed. Try again later.") % words
    said = {**words, "what": trouble.what, "remedy": trouble.remedy}
    if viewer.is_admin:
        return _("“%(tag)s” was not changed. %(what)s. %(remedy)s") % said
    return _("“%(tag)s” was not changed. %(what)s. Tell your admin.") % said


def not_told_yet(account: Account) -> str:
    """Of a call whose communication nobody knows."""
    words = _("%(brand)s has not told yet which conversation this is, so it cannot be tagged. Try in a few minutes.")
    return words % {"brand": account.brand_name}
