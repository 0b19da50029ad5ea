"""Questions to the Data API that judge no key: whether calls can be placed with it is another API's affair."""

from collections.abc import Callable
from typing import TypeVar

from .. import gateway
from ..accounts.tokens import with_key
from ..models import Account
from ..provider.data_api import DataApi

T = TypeVar("T")
NO_RIGHT = "forbidden"


def ask_data(account: Account, ask: Callable[[DataApi], T]) -> T:
    """Asks with the first key that may. A key without the right to this is passed over, but not noted as dead.

    Raises what the last key met: `ProviderError`, or `NoReadyKey`.
    """
    return with_key(account, lambda key: ask(gateway.data_api(account, key)), passing_over=NO_RIGHT)
