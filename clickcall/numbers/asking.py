"""Questions to the Data API that judge no key: whether calls can be placed with it is another API's affair."""

from collections.abc import Callable
from typing import TypeVar

from .. import gateway
from ..accounts.tokens import ready_keys
from ..models import Account
from ..provider.data_api import DataApi
from ..provider.errors import NotSent, ProviderError, Refused

T = TypeVar("T")
NO_RIGHT = "forbidden"


def ask_data(account: Account, ask: Callable[[DataApi], T]) -> T:
    """Asks with the first key that may. A key without the right to this is passed over, but not noted as dead.

    Raises what the last key met: `ProviderError`, or `NoReadyKey`.
    """
    failure: ProviderError = NotSent("no_key")
    for ready in ready_keys(account):
        try:
            found = ask(gateway.data_api(account, ready.key))
        except Refused as error:
            if error.mnemonic != NO_RIGHT and not ready.rejected(error):
                raise
            failure = error
        else:
            if ready.token.last_error != NO_RIGHT:
                ready.worked()
            return found
    raise failure
