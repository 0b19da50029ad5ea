"""Finding contacts: how a term, or an order that somebody chose, becomes one page after another."""

from .pages import BY_CALLBACK, BY_LAST_CALL, BY_NAME, ORDERS, page_of_keys

__all__ = ["BY_CALLBACK", "BY_LAST_CALL", "BY_NAME", "ORDERS", "page_of_keys"]
