"""Rows and records of the provider, with the metadata that came along."""

from collections.abc import Iterable
from typing import Any, Self

from clickcall.provider.client import Answer
from clickcall.provider.coerce import mapping
from clickcall.provider.errors import AnswerUnknown
from clickcall.provider.metadata import Metadata


class Listing(list[dict[str, Any]]):
    """A list of rows; `metadata` is the last answer's."""

    def __init__(self, rows: Iterable[dict[str, Any]] = (), metadata: Metadata | None = None) -> None:
        super().__init__(rows)
        self.metadata = metadata or Metadata()

    @property
    def items(self) -> list[dict[str, Any]]:
        """The rows."""
        return self

    @property
    def is_complete(self) -> bool:
        """False when the provider counted more rows than it gave: nothing may be concluded from a row's absence."""
        return len(self) >= (self.metadata.total_items or 0)

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The rows of an answer.

        AnswerUnknown("no_data") when they are not a list of objects: "there is nothing" must never be read out of an
        answer that does not say so.
        """
        if not isinstance(answer.data, list) or not all(isinstance(row, dict) for row in answer.data):
            raise _no_data(answer)
        return cls(answer.data, answer.metadata)


class Record(dict[str, Any]):
    """One object; `metadata` is its answer's."""

    def __init__(self, values: dict[str, Any], metadata: Metadata) -> None:
        super().__init__(values)
        self.metadata = metadata

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The only object of an answer, whether it stands alone or in a list. AnswerUnknown("no_data") without one."""
        data = answer.data[0] if isinstance(answer.data, list) and answer.data else answer.data
        if not mapping(data):
            raise _no_data(answer)
        return cls(data, answer.metadata)


def _no_data(answer: Answer) -> AnswerUnknown:
    return AnswerUnknown("no_data", metadata=answer.metadata, http_status=answer.http_status, raw=answer.raw)
