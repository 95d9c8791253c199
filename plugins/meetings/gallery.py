"""The pictures of a meeting, by caption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from plugins.archive.outputs import Derivative, Picture
from plugins.archive.records import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture as a page shows it; ``full`` is the file that its link opens."""

    full: str
    width: int
    height: int
    alt: str
    modern_type: str
    modern: tuple[Derivative, ...]
    jpeg: tuple[Derivative, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoGroup:
    """Pictures in a row under one caption; without ``shots`` the picture is lost and only its caption is left."""

    caption: str
    credit: str
    shots: tuple[Shot, ...]


def photo_groups(images: Sequence[Image], pictures: Mapping[str, Picture]) -> tuple[PhotoGroup, ...]:
    """The images in their order; neighbours that share a caption and can be shown stand together."""
    groups = []
    for (caption, credit, kept), members in groupby(images, lambda image: (image.caption, image.credit, image.file in pictures)):
        if kept:
            shots = tuple(_shot(image, pictures[image.file]) for image in members)
            groups.append(PhotoGroup(caption=caption, credit=credit, shots=shots))
        else:
            groups.extend(PhotoGroup(caption=caption, credit=credit, shots=()) for _ in members)
    return tuple(groups)


def _shot(image: Image, picture: Picture) -> Shot:
    largest = picture.jpeg[-1]
    return Shot(
        full=largest.path,
        width=largest.width,
        height=largest.height,
        alt=image.alt or image.caption,
        modern_type=picture.modern_type,
        modern=picture.modern,
        jpeg=picture.jpeg,
    )
