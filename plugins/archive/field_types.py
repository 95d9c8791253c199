"""What a field may hold: for each type a check that takes what the header says and gives a sound value, or raises a fault.

Errors carry the codes of :mod:`archive.problems`; :mod:`archive.schema` is made of these types.
"""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from . import text
from .dates import FIRST_YEAR, LAST_YEAR, PartialDate, Period, Timestamp, day_first

MAX_TEXT = 2_000
MAX_ITEMS = 1_000
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
MAX_ID = 120


def fault(code: str, **values: object) -> PydanticCustomError:
    """An error under one of our own codes."""
    return PydanticCustomError(code, code, values)


def is_id(value: str) -> bool:
    """An id names a file and an address on every system: short ASCII, lower case, hyphens, no name that Windows keeps for itself."""
    return len(value) <= MAX_ID and bool(ID.fullmatch(value)) and not _RESERVED.fullmatch(value)


def valid_id(value: str) -> str:
    """An id to propose in place of one that is none."""
    made = text.slugify(value)[:100].strip("-") or "ten-khong-dau"
    return made if is_id(made) else f"{made}-1"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise fault("text-expected")
    value = text.clean(value)
    if len(value) > MAX_TEXT:
        raise fault("text-too-long", size=len(value), limit=MAX_TEXT)
    return value


def choice(value: Any) -> Any:
    return _text(value).casefold()


def _date(value: Any) -> PartialDate | None:
    value = _text(value)
    if not value:
        return None
    try:
        return PartialDate.parse(value)
    except ValueError:
        meant = day_first(value)
        raise fault("date-invalid", value=value, nearest=str(meant or "2023-04-18")) from None


def _known_date(value: Any) -> PartialDate:
    date = _date(value)
    if date is None:
        raise fault("date-invalid", value="", nearest="2023-04-18")
    return date


def _timestamp(value: Any) -> Timestamp | None:
    value = _text(value)
    try:
        return Timestamp.parse(value) if value else None
    except ValueError:
        raise fault("time-invalid", value=value) from None


def _period(value: Any) -> Period | None:
    value = _text(value)
    try:
        return Period.parse(value) if value else None
    except ValueError:
        raise fault("period-invalid", value=value) from None


def _id(value: Any) -> str:
    value = _text(value)
    if value and not is_id(value):
        raise fault("id-invalid", value=value, nearest=valid_id(value))
    return value


def _number(value: Any) -> int | None:
    value = _text(value)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        raise fault("number-invalid", value=value)
    return int(value)


def _year(value: Any) -> int:
    number = _number(value)
    if number is None or not FIRST_YEAR <= number <= LAST_YEAR:
        raise fault("number-invalid", value=value)
    return number


def _url(value: Any) -> str:
    value = _text(value)
    if value:
        try:
            parts = urlsplit(value)
        except ValueError:
            raise fault("url-invalid", value=value) from None
        if parts.scheme not in ("http", "https") or not parts.hostname or " " in value:
            raise fault("url-invalid", value=value)
    return value


def as_list(value: Any) -> list[Any]:
    """A list; one text is split at its semicolons; one mapping is a list of one."""
    if isinstance(value, str):
        value = value.split(";")
    items = [item for item in (value if isinstance(value, list) else [value]) if not isinstance(item, str) or item.strip()]
    if len(items) > MAX_ITEMS:
        raise fault("list-too-long", size=len(items), limit=MAX_ITEMS)
    return items


def as_texts(value: Any) -> Any:
    """A list of long texts: one text is one item, whatever semicolons it holds."""
    return as_list([value] if isinstance(value, str) and value.strip() else value)


def _tags(value: Any) -> Any:
    return as_list(value.replace(",", ";") if isinstance(value, str) else value)


def _string(description: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "description": description})


def _list_of(item: str) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": item}}]})


Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": "string"})]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema({"type": "string", "pattern": f"^{ID.pattern}$"})]
Date = Annotated[PartialDate | None, BeforeValidator(_date), _string("2025-10-09, 2025-10 hoặc 2025")]
KnownDate = Annotated[PartialDate, BeforeValidator(_known_date), _string("2025-10-09, 2025-10 hoặc 2025")]
Moment = Annotated[Timestamp | None, BeforeValidator(_timestamp), _string("2025-10-10 hoặc 2025-10-10 16:55")]
Span = Annotated[Period | None, BeforeValidator(_period), _string("2025-Q1 … 2025-Q4, 2025-6M, 2025-H2, 2025-9M, 2025")]
Number = Annotated[int | None, BeforeValidator(_number), WithJsonSchema({"type": "integer", "minimum": 0})]
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema({"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR})]
Url = Annotated[str, BeforeValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Names = Annotated[tuple[Text, ...], BeforeValidator(as_list), _list_of("string")]
Ids = Annotated[tuple[Id, ...], BeforeValidator(as_list), _list_of("string")]
Tags = Annotated[tuple[Text, ...], BeforeValidator(_tags), _list_of("string")]
