"""The form in the browser, made from the schema: every field of every kind of record has its widget, and none can be forgotten.

The result is Decap CMS's configuration: decapcms.org, "Configuration options" and "Widgets". What Decap cannot offer, days that are
known only in part and names completed from the archive, are widgets of our own in desk/desk.js: ``ngay`` and ``ten``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from plugins.archive.dates import FIRST_YEAR, PartialDate, Period, Timestamp
from plugins.archive.schema import RECORD_FIELDS, Fields, RecordFields

from .labels import LABELS as FIELD_LABELS
from .ordering import field_order
from .shapes import choices_of, group_of, types_in

LABELS = {
    "meetings": ("Hội nghị", "hội nghị"),
    "people": ("Người", "hồ sơ người"),
    "organizations": ("Tổ chức", "hồ sơ tổ chức"),
    "clusters": ("Cụm", "hồ sơ cụm"),
    "documents": ("Văn bản", "hồ sơ văn bản"),
    "pages": ("Trang chữ", "trang chữ"),
}
"""By folder: the name of the collection, and of one of it."""

_COMMITS = {
    "commit_messages": {
        "create": "Thêm {{collection}} {{slug}}",
        "update": "Sửa {{collection}} {{slug}}",
        "uploadMedia": "Thêm ảnh {{path}}",
        "deleteMedia": "Bỏ ảnh {{path}}",
    }
}
_IMAGES = "content/images"
_FILE_NAME = {
    "meetings": '{{fields.date}}-{{title | truncate(60,"-")}}',
    "clusters": '{{owner}}-{{kind}}-{{number}}{{name | truncate(40,"-")}}',
    "documents": "{{type}}-{{number}}",
}
_SUMMARY = {
    "meetings": "{{date}} · {{title}}",
    "people": "{{name}} {{qualifier}}",
    "organizations": "{{name}}",
    "clusters": "{{kind}} {{number}} {{name}} · {{owner}}",
    "documents": "{{type}} {{number}} {{title}}",
    "pages": "{{title}}",
}
_ENTRY_SUMMARY = {
    "PersonEntry": "{{fields.name}} {{fields.role}} {{fields.organization}}",
    "LeadEntry": "{{fields.year}}: {{fields.lead}}",
    "MemberEntry": "{{fields.year}}",
    "DocumentEntry": "{{fields.text}} {{fields.type}} {{fields.number}}",
    "ImageEntry": "{{fields.caption}}",
    "SourceEntry": "{{fields.site}} {{fields.title}} {{fields.url}}",
    "NoteEntry": "{{fields.text}}",
    "CorrectionEntry": "{{fields.date}}: {{fields.text}}",
}
_ENTRY_LABELS = {
    "PersonEntry": "người",
    "LeadEntry": "năm",
    "MemberEntry": "năm",
    "DocumentEntry": "văn bản",
    "ImageEntry": "ảnh",
    "SourceEntry": "nguồn",
    "NoteEntry": "ghi chú",
    "CorrectionEntry": "đính chính",
}
_LONG = {"summary", "attendance", "date_inferred", "text", "note", "caption", "alt"}
"""Texts of more than a line."""
_PEOPLE, _ORGANIZATIONS = "people", "organizations"
_NAMES_OF = {
    ("PersonEntry", "name"): _PEOPLE,
    ("PersonEntry", "organization"): _ORGANIZATIONS,
    **{("MeetingFields", name): _ORGANIZATIONS for name in ("union", "host", "organizer")},
    **{("LeadEntry", name): _ORGANIZATIONS for name in ("lead", "deputies")},
    ("MemberEntry", "organizations"): _ORGANIZATIONS,
    **{("OrganizationFields", name): _ORGANIZATIONS for name in ("parent", "predecessors", "successors")},
    ("ClusterFields", "owner"): _ORGANIZATIONS,
    **{(model, "issuer"): _ORGANIZATIONS for model in ("DocumentEntry", "DocumentFields")},
}
"""Fields that name somebody: completed from the archive, and a name that is not in it is welcome."""
_RELATIONS = {
    ("MeetingFields", "cluster"): "clusters",
    ("LeadEntry", "cluster"): "clusters",
    ("PersonEntry", "person"): "people",
    ("PersonFields", "not_same_as"): "people",
    ("LeadEntry", "meeting"): "meetings",
    ("MemberEntry", "meeting"): "meetings",
}
"""Fields that hold the id of a record, which must be there already."""
_SEARCHED = {"clusters": ["owner", "name", "number", "variants.*"], "people": ["name", "variants.*"], "meetings": ["title", "date"]}
_DAY = f"^({FIRST_YEAR // 100}|[2-9][0-9])[0-9]{{2}}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_PATTERNS: dict[type, tuple[str, str]] = {
    PartialDate: (_DAY, "viết 2025-10-09, hoặc 2025-10, hoặc 2025"),
    Timestamp: (
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?)?$",
        "viết 2025-10-10 hoặc 2025-10-10 16:55",
    ),
    Period: (r"^[0-9]{4}(-(Q[1-4]|6M|9M|H2))?$", "viết 2025-Q1 … 2025-Q4, 2025-6M, 2025-H2, 2025-9M hoặc 2025"),
}


def configuration(backend: dict[str, Any], site_url: str = "") -> dict[str, Any]:
    """The whole configuration; ``backend`` is Decap's own section of that name."""
    return {
        "backend": {**backend, **_COMMITS} if _is_hosted(backend) else backend,
        "locale": "vi",
        "media_folder": _IMAGES,
        "public_folder": "",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "logo": {"src": "desk.svg", "show_in_header": False},
        "show_preview_links": False,
        **({"site_url": site_url, "display_url": site_url} if site_url else {}),
        **({"publish_mode": "editorial_workflow"} if _is_hosted(backend) else {}),
        "collections": [_collection(folder, model) for folder, model in RECORD_FIELDS.items()],
    }


def _is_hosted(backend: dict[str, Any]) -> bool:
    return backend["name"] in ("github", "gitlab")


def _collection(folder: str, model: type[RecordFields]) -> dict[str, Any]:
    label, single = LABELS[folder]
    # Decap's own {{year}} is the year of today, and it reads a path without single quotes and full stops.
    path = {"path": '{{date | truncate(4,"-")}}/{{slug}}'} if folder == "meetings" else {}
    order = {"sortable_fields": ["date", "title"]} if folder == "meetings" else {}
    return {
        "name": folder,
        "label": label,
        "label_singular": single,
        "description": (model.__doc__ or "").strip(),
        "folder": f"content/{folder}",
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "identifier_field": "title" if "title" in model.model_fields else next(iter(_required(model)), "name"),
        "slug": _FILE_NAME.get(folder, "{{slug}}"),
        "summary": _SUMMARY[folder],
        "editor": {"preview": False},
        # Said again: a collection with a path of its own would keep its pictures beside the records.
        "media_folder": f"/{_IMAGES}",
        "public_folder": "",
        "delete": False,
        **path,
        **order,
        "fields": [*_fields(model, top=True), _body()],
    }


def _body() -> dict[str, Any]:
    return {
        "name": "body",
        "label": "Bài viết",
        "widget": "markdown",
        "required": False,
        "hint": "Đề mục bắt đầu từ ##. Danh sách việc được giao đứng ngay dưới đề mục «Nhiệm vụ do … giao», đánh số 1. 2. 3.",
        "modes": ["raw", "rich_text"],
        "editor_components": [],
        "buttons": ["bold", "italic", "link", "heading-two", "heading-three", "quote", "bulleted-list", "numbered-list"],
    }


def _required(model: type[Fields]) -> Iterator[str]:
    return (name for name, field in model.model_fields.items() if field.is_required())


def _fields(model: type[Fields], *, top: bool = False) -> list[dict[str, Any]]:
    names = field_order(model) if top and issubclass(model, RecordFields) else list(model.model_fields)
    # The id is the file's name; changing it here would break addresses unseen.
    return [_field(model, name, model.model_fields[name]) for name in names if not (top and name == "id")]


def _field(model: type[Fields], name: str, field: FieldInfo) -> dict[str, Any]:
    return {
        "name": name,
        "label": FIELD_LABELS[name],
        **({"hint": field.description} if field.description and field.description != FIELD_LABELS[name] else {}),
        "required": field.is_required(),
        **_widget(model, name, field),
    }


def _widget(model: type[Fields], name: str, field: FieldInfo) -> dict[str, Any]:
    key = (model.__name__, name)
    types = set(types_in(field.annotation))
    group, is_list = group_of(field)
    if group is not None:
        return _group(group, is_list)
    if key in _RELATIONS:
        return _relation(_RELATIONS[key], multiple=is_list)
    if key in _NAMES_OF:
        single = {"widget": "ten", "kind": _NAMES_OF[key]}
        return _list_of({"name": "ten", "label": "Tên", **single}) if is_list else single
    if is_list:
        return _list_of({"name": "muc", "label": "Mục", "widget": "string"})
    return _scalar(name, field, types)


def _list_of(field: dict[str, Any]) -> dict[str, Any]:
    return {"widget": "list", "field": field, "collapsed": False}


def _group(group: type[Fields], is_list: bool) -> dict[str, Any]:
    fields = _fields(group)
    if not is_list:
        return {"widget": "object", "collapsed": False, "fields": fields}
    shown = {"label_singular": _ENTRY_LABELS[group.__name__], "summary": _ENTRY_SUMMARY[group.__name__]}
    return {"widget": "list", "group": group.__name__, **shown, "collapsed": True, "fields": fields}


def _relation(collection: str, *, multiple: bool) -> dict[str, Any]:
    display = {"meetings": ["date", "title"], "people": ["name", "qualifier"], "clusters": ["kind", "number", "name", "owner"]}[collection]
    return {
        "widget": "relation",
        "collection": collection,
        "value_field": "{{filename}}" if collection == "meetings" else "{{slug}}",
        "search_fields": _SEARCHED[collection],
        "display_fields": display,
        "options_length": 50,
        "multiple": multiple,
    }


def _scalar(name: str, field: FieldInfo, types: set[Any]) -> dict[str, Any]:
    if choices := choices_of(field):
        default = {"default": field.default} if field.default in choices else {}
        return {"widget": "select", "options": choices, **default}
    for kind, (pattern, message) in _PATTERNS.items():
        if kind in types:
            return {"widget": "ngay" if kind is PartialDate else "string", "pattern": [pattern, message]}
    if int in types:
        return {"widget": "number", "value_type": "int", "min": 0}
    if name == "url":
        return {"widget": "string", "pattern": ["^https?://[^ ]+$", "viết đầy đủ, bắt đầu bằng https:// hoặc http://"]}
    if name == "file":
        return {"widget": "image", "choose_url": False, "media_library": {"config": {"max_file_size": 10_000_000}}}
    return {"widget": "text" if name in _LONG else "string"}
