"""What the form may do to the files of an archive: read records, save them, add pictures. Nothing outside content/, nothing deleted.

Answers in the words of the "local backend" of Decap CMS (decapcms.org, "Working with a local git repository"): an action with
parameters in, plain data out.
"""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from plugins.archive.field_types import is_id
from plugins.archive.loading import load
from plugins.archive.problems import N_, Problem, Translate
from plugins.archive.schema import RECORD_FIELDS
from plugins.archive.text import clean, slugify

from .fixing import write_beside
from .guarding import MAX_MEGABYTES
from .known import names
from .merging import for_form, from_form
from .short_forms import short_forms
from .soundness import faults
from .writing import record_text

CONTENT = "content"
IMAGES = "images"
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"}


class Refused(Exception):
    """What was asked for is not done; says why, to be translated. ``status`` is that of HTTP."""

    def __init__(self, message: str, status: int = 422, **values: object) -> None:
        self.message, self.values, self.status = message, values, status
        super().__init__(message % values)

    def render(self, translate: Translate) -> str:
        return translate(self.message) % self.values


class WorkingTree:
    """The archive in a content folder, as the form sees it. One change at a time."""

    def __init__(self, content: Path, translate: Translate = str) -> None:
        self._content = content.resolve()
        self._translate = translate
        self._changing = threading.Lock()
        self._actions: dict[str, Callable[..., Any]] = {
            "info": self._info,
            "entriesByFolder": self._entries_by_folder,
            "getEntry": self._get_entry,
            "persistEntry": self._persist_entry,
            "getMedia": self._get_media,
            "getMediaFile": self._get_media_file,
            "persistMedia": self._persist_media,
            "getDeployPreview": lambda **_: None,
            "createRecord": self._create_record,
        }

    def answer(self, action: str, parameters: dict[str, Any]) -> Any:
        """Plain data for the form. Raises :class:`Refused`."""
        if action in ("deleteFile", "deleteFiles"):
            raise Refused(N_("không xoá từ đây: địa chỉ đã công bố phải còn mãi; xem sổ tay, mục Đính chính"), 403)
        if action not in self._actions:
            raise Refused(N_("không có việc «%(value)s»"), 404, value=action)
        try:
            return self._actions[action](**parameters)
        except (TypeError, KeyError, AttributeError, ValueError) as error:
            raise Refused(N_("yêu cầu không hợp lệ (%(reason)s)"), 400, reason=error) from error

    def names(self) -> dict[str, Any]:
        """What the form completes and writes out: :func:`known.names`, :func:`short_forms.short_forms`."""
        return {**names(load(self._content)[0]), "short": short_forms(self._content)}

    # Reading

    def _info(self, **_: Any) -> dict[str, Any]:
        return {"repo": self._content.parent.name, "publish_modes": ["simple"], "type": "local_fs"}

    def _entries_by_folder(self, folder: str, extension: str, **_: Any) -> list[dict[str, Any]]:
        base = self._inside(folder)
        return [self._entry(file) for file in sorted(base.rglob(f"*.{extension}")) if file.is_file()]

    def _get_entry(self, path: str, **_: Any) -> dict[str, Any]:
        file = self._record(path)
        if not file.is_file():
            raise Refused(N_("không có tệp %(value)s"), 404, value=path)
        return self._entry(file)

    def _entry(self, file: Path) -> dict[str, Any]:
        path = self._path(file)
        try:
            source = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refused(N_("%(value)s không phải UTF-8"), value=path) from None
        return {"data": for_form(source, path.split("/")[1]), "file": {"path": path, "id": path, "label": file.stem}}

    def _get_media(self, **_: Any) -> list[dict[str, Any]]:
        folder = self._content / IMAGES
        # Whole files, since the form has no other way to show them.
        return [self._media(file) for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix.lower() in PICTURES]

    def _get_media_file(self, path: str, **_: Any) -> dict[str, Any]:
        file = self._picture(path)
        if not file.is_file():
            raise Refused(N_("không có tệp %(value)s"), 404, value=path)
        return self._media(file)

    def _media(self, file: Path) -> dict[str, Any]:
        data = base64.b64encode(file.read_bytes()).decode("ascii")
        path = self._path(file)
        return {"id": path, "path": path, "name": file.name, "content": data, "encoding": "base64"}

    # Writing

    def _persist_entry(self, dataFiles: list[dict[str, Any]], assets: list[dict[str, Any]], **_: Any) -> dict[str, str]:
        with self._changing:
            for asset in assets:
                self._write_picture(asset)
            for data in dataFiles:
                self._write_record(self._record(data["path"]), data["raw"])
        return {"message": "saved"}

    def _write_record(self, file: Path, raw: str) -> None:
        folder = self._path(file).split("/")[1]
        old = file.read_bytes() if file.is_file() else None
        new = from_form(raw, folder, old.decode("utf-8") if old is not None else None).encode("utf-8")
        file.parent.mkdir(parents=True, exist_ok=True)
        write_beside(file, new)
        own, _ = faults(file, self._content)
        if own:
            self._put_back(file, old)
            raise Refused(N_("chưa lưu được:\n%(faults)s"), faults="\n".join(self._told(fault) for fault in own))

    def _told(self, problem: Problem) -> str:
        field = f"{problem.field}: " if problem.field else ""
        return f"{field}{problem.message(self._translate)}; {problem.hint(self._translate)}"

    def _put_back(self, file: Path, old: bytes | None) -> None:
        if old is None:
            file.unlink()
        else:
            write_beside(file, old)

    def _persist_media(self, asset: dict[str, Any], **_: Any) -> dict[str, Any]:
        with self._changing:
            return self._media(self._write_picture(asset))

    def _write_picture(self, asset: dict[str, Any]) -> Path:
        file = self._picture(asset["path"])
        try:
            data = base64.b64decode(asset["content"], validate=True)
        except (binascii.Error, ValueError):
            raise Refused(N_("ảnh «%(value)s» gửi lên bị hỏng"), 400, value=file.name) from None
        if len(data) > MAX_MEGABYTES * 1_000_000:
            raise Refused(N_("ảnh «%(value)s» nặng quá %(limit)s MB; thu nhỏ rồi thử lại"), value=file.name, limit=MAX_MEGABYTES)
        if file.exists() and file.read_bytes() != data:
            raise Refused(N_("đã có ảnh khác tên «%(value)s»; đổi tên tệp rồi thử lại"), value=file.name)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_beside(file, data)
        return file

    def _create_record(self, folder: str, name: str, **_: Any) -> dict[str, str]:
        """A record that holds a name and nothing else, for a person or an organization met while writing about a meeting."""
        name = clean(name)
        id = slugify(name)[:100].strip("-")
        if folder not in ("people", "organizations") or not is_id(id):
            raise Refused(N_("không lập được hồ sơ cho «%(value)s»"), value=name)
        file = self._content / folder / f"{id}.md"
        with self._changing:
            if file.exists():
                raise Refused(N_("đã có hồ sơ %(value)s"), 409, value=id)
            file.parent.mkdir(parents=True, exist_ok=True)
            write_beside(file, record_text(folder, {"name": name}).encode("utf-8"))
        return {"id": id, "path": self._path(file)}

    # Paths

    def _inside(self, path: str) -> Path:
        """The file or folder that the form calls ``content/...``; links that lead out of content/ are not followed."""
        parts = PurePosixPath(path).parts
        plain = parts[:1] == (CONTENT,) and len(parts) > 1 and ".." not in parts and not set(path) & set("\\:\0")
        file = self._content.joinpath(*parts[1:])
        if not plain or not file.resolve().is_relative_to(self._content) or any(part.startswith(".") for part in parts):
            raise Refused(N_("«%(value)s» nằm ngoài thư mục nội dung"), 403, value=path)
        return file

    def _record(self, path: str) -> Path:
        file = self._inside(path)
        if file.suffix != ".md" or PurePosixPath(path).parts[1] not in RECORD_FIELDS:
            raise Refused(N_("«%(value)s» không phải là tệp hồ sơ"), 403, value=path)
        return file

    def _picture(self, path: str) -> Path:
        file = self._inside(path)
        if file.suffix.lower() not in PICTURES or PurePosixPath(path).parts[1] != IMAGES:
            raise Refused(N_("«%(value)s» không phải là tệp ảnh"), 403, value=path)
        return file

    def _path(self, file: Path) -> str:
        return f"{CONTENT}/{file.relative_to(self._content).as_posix()}"
