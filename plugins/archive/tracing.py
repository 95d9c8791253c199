"""What a page reads of the archive, noted while it is made: so a later build knows whether the page would still be the same.

A *read* is a key of a mapping of the archive, and what stood there; that a key was there or not; all the keys; or all of it. A page that reads
what it read before, through the same template, is what it was.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import fields
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, TypeVar

from .archive import Archive
from .pickling import REDUCERS
from .records import Record

Read = tuple[str, Hashable]
"""The name of what was read, and a key of it."""
Reads = set[Read]
Answer = tuple[bytes, bytes]
"""A digest of what was answered, and the basis of the answer; that is empty where none was told."""

K = TypeVar("K")
V = TypeVar("V")

DIGEST = 8
"""Bytes of a digest."""
_ABSENT = object()
_HAS, _ANY, _KEYS, _ALL = "?", "!", "#", "*"
_OF_THE_FILE = frozenset({"body_line", "named", "sha256"})
"""Fields of a record that no page but its own shows, and that one reads its rendered text; so an edited text touches few pages."""


class Tracer:
    """Follows one archive. Nothing is noted but within :meth:`noting`."""

    def __init__(self) -> None:
        self.noted: Reads | None = None
        self._sources: dict[str, Callable[[Hashable], object]] = {}
        self._asked: dict[str, Callable[[Any], bytes] | None] = {}
        self._remembered: Mapping[Read, Answer] = {}
        self._digests: dict[Read, bytes] = {}
        self._records: dict[int, tuple[Record, bytes]] = {}

    def follow(self, archive: Archive) -> Archive:
        """The same archive, which tells here what is asked of it."""
        return _FollowedArchive.of(archive, self)

    def noting(self) -> AbstractContextManager[Reads]:
        """What is read within the block."""
        return _Noting(self, set())

    def aside(self) -> AbstractContextManager[None]:
        """Within the block nothing is noted: what is worked out there is for all."""
        return _Noting(self, None)

    def mapping(self, name: str, make: Callable[[], Mapping[K, V]], told: Callable[[Any], object] | None = None) -> Mapping[K, V]:
        followed = _Followed(name, self, make)
        self._sources[name] = told or (lambda key: followed.found.get(key, _ABSENT))
        self._sources[name + _HAS] = lambda key: key in followed.found
        self._sources[name + _ANY] = lambda _: bool(followed.found)
        self._sources[name + _KEYS] = lambda _: tuple(followed.found)
        self._sources[name + _ALL] = lambda _: tuple((key, self.told(value)) for key, value in followed.found.items())
        return followed

    def asked(
        self, name: str, answer: Callable[[K], V], told: Callable[[V], object] | None = None, basis: Callable[[K], bytes] | None = None
    ) -> Callable[[K], V]:
        of_answer = told or _itself

        def ask(key: K) -> V:
            with self.aside():
                given = answer(key)
            if self.noted is not None:
                self.noted.add((name, key))
                if (name, key) not in self._digests:
                    self._digests[name, key] = self.told(of_answer(given))
            return given

        self._asked[name] = basis
        self._sources[name] = lambda key: of_answer(answer(key))  # type: ignore[arg-type]  # keys of one name are of one type
        return ask

    def is_asked(self, read: Read) -> bool:
        """Whether it takes work to know what stands there."""
        return read[0] in self._asked

    def answers(self) -> dict[Read, Answer]:
        """What is known by now of all that it takes work to know."""
        return {read: (digest, self._basis(read)) for read, digest in self._digests.items() if self.is_asked(read)}

    def remember(self, answers: Mapping[Read, Answer]) -> None:
        """Answers of the last build: one that comes from the same basis need not be found again."""
        self._remembered = answers

    def _basis(self, read: Read) -> bytes:
        basis = self._asked.get(read[0])
        return basis(read[1]) if basis else b""

    def _as_before(self, read: Read) -> bytes | None:
        digest, basis = self._remembered.get(read, (None, b""))
        return digest if basis and basis == self._basis(read) else None

    def digest(self, read: Read) -> bytes:
        """Of what stands there now; no other is like that of a name that nobody follows."""
        if read not in self._digests:
            self._digests[read] = self._as_before(read) or self._found(read)
        return self._digests[read]

    def _found(self, read: Read) -> bytes:
        source = self._sources.get(read[0])
        with self.aside():
            return self.told(source(read[1])) if source else os.urandom(DIGEST)

    def told(self, value: object) -> bytes:
        """A digest of a value: equal values have equal ones, whatever they share in memory."""
        if isinstance(value, Record):
            return self._of_record(value)
        if value is _ABSENT:
            return bytes(DIGEST)
        if isinstance(value, tuple | list) and value and isinstance(value[0], Record):
            return digest(b"".join(map(self.told, value)))
        return digest(plain_bytes(value))

    def know(self, record: Record, told: bytes) -> None:
        """What :meth:`told` gives of a record is known: it was told of one that is no other."""
        self._records[id(record)] = record, told

    def _of_record(self, record: Record) -> bytes:
        known = self._records.get(id(record))
        if known is None:
            known = self._records[id(record)] = record, digest(plain_bytes(_shown(record)))
        return known[1]


class _Noting(AbstractContextManager[Any]):
    """While open, reads are noted in ``noted`` alone; a class of its own, since there are several to a page."""

    __slots__ = ("_before", "_noted", "_tracer")

    def __init__(self, tracer: Tracer, noted: Reads | None) -> None:
        self._tracer, self._noted = tracer, noted

    def __enter__(self) -> Any:
        self._before, self._tracer.noted = self._tracer.noted, self._noted
        return self._noted

    def __exit__(self, *_: object) -> None:
        self._tracer.noted = self._before


class _FollowedArchive(Archive):
    """Its mappings are followed, and so is every reverse index; these are worked out once, of the archive as it is."""

    tracer: Tracer

    @classmethod
    def of(cls, archive: Archive, tracer: Tracer) -> Archive:
        made = cls(
            **{name: tracer.mapping(name, _the(getattr(archive, name))) for name in _MAPPINGS},
            redirects=archive.redirects,
            near_names=archive.near_names,
            content=archive.content,
        )
        made.__dict__["tracer"] = tracer
        for name in _INDEXES:
            made.__dict__[name] = tracer.mapping(name, _index(archive, name))
        return made

    def noting(self) -> AbstractContextManager[Reads | None]:
        return self.tracer.noting()

    def table(self, name: str, make: Callable[[], Mapping[K, V]], told: Callable[[Any], object] | None = None) -> Mapping[K, V]:
        return self.tracer.mapping(name, make, told)

    def asked(
        self, name: str, answer: Callable[[K], V], told: Callable[[V], object] | None = None, basis: Callable[[K], bytes] | None = None
    ) -> Callable[[K], V]:
        return self.tracer.asked(name, answer, told, basis)


_MAPPINGS = tuple(field.name for field in fields(Archive) if field.name not in ("redirects", "near_names", "content"))
_INDEXES = tuple(name for name, value in vars(Archive).items() if isinstance(value, cached_property))


def _itself(value: V) -> V:
    return value


def _the(found: Mapping[K, V]) -> Callable[[], Mapping[K, V]]:
    return lambda: found


def _index(archive: Archive, name: str) -> Callable[[], Mapping[Any, Any]]:
    return lambda: getattr(archive, name)


class _Followed(Mapping[K, V]):
    """A mapping that tells what is asked of it. It is made when it is first asked."""

    __slots__ = ("_make", "_name", "_tracer", "found")

    def __init__(self, name: str, tracer: Tracer, make: Callable[[], Mapping[K, V]]) -> None:
        self._name, self._tracer, self._make = name, tracer, make

    def __getattr__(self, name: str) -> Any:
        if name != "found":
            raise AttributeError(name)
        with self._tracer.aside():
            self.found = self._make()
        return self.found

    def _note(self, way: str, key: Hashable = None) -> None:
        if self._tracer.noted is not None:
            self._tracer.noted.add((self._name + way, key))

    def __getitem__(self, key: K) -> V:
        noted = self._tracer.noted
        if noted is not None:
            noted.add((self._name, key))
        return self.found[key]

    def get(self, key: K, default: Any = None) -> Any:
        noted = self._tracer.noted
        if noted is not None:
            noted.add((self._name, key))
        return self.found.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(_HAS, key)
        return key in self.found

    def __bool__(self) -> bool:
        self._note(_ANY)
        return bool(self.found)

    def __iter__(self) -> Iterator[K]:
        self._note(_KEYS)
        return iter(self.found)

    def __len__(self) -> int:
        self._note(_KEYS)
        return len(self.found)

    def values(self) -> Any:
        self._note(_ALL)
        return self.found.values()

    def items(self) -> Any:
        self._note(_ALL)
        return self.found.items()


def digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


def plain_bytes(value: object, most: int | None = None) -> bytes:
    """The value as bytes; without a memory of what it holds twice, which would tell equal values apart. No value here holds itself.

    Raises ValueError where there are more than ``most``, and what pickle raises for a value that it cannot take.
    """
    stream = io.BytesIO() if most is None else _Bounded(most)
    pickler = pickle.Pickler(stream, protocol=5)
    pickler.fast = True
    pickler.dispatch_table = REDUCERS
    pickler.dump(value)
    return stream.getvalue()


class _Bounded(io.BytesIO):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise ValueError("too much to be compared")
        return super().write(data)


def is_followed(value: object) -> bool:
    """Whether what is asked of the mapping is noted."""
    return isinstance(value, _Followed)


def _shown(record: Record) -> tuple[object, ...]:
    kind: type = type(record)
    return kind.__name__, *_shown_fields(kind)(record)


@cache
def _shown_fields(kind: type) -> Callable[[Record], tuple[object, ...]]:
    return attrgetter(*(field.name for field in fields(kind) if field.name not in _OF_THE_FILE))
