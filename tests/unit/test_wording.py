"""Dates, numbers, spacing and translations as readers see them."""

from __future__ import annotations

import ast
import itertools
import os
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from jinja2 import Environment
from markupsafe import Markup

from plugins import wording
from plugins.archive.dates import PartialDate, Period, Timestamp
from plugins.wording import catalog, formats
from plugins.wording.messages import po_path, translations
from plugins.wording.spacing import NBSP, heading, tidy

ROOT = Path(__file__).resolve().parents[2]


def render(template: str, language: str = "vi", **values: object) -> str:
    environment = Environment(autoescape=True)
    wording.install(environment, language)
    return environment.from_string(template).render(**values).replace(NBSP, "~")


@pytest.mark.parametrize(
    ("iso", "day", "long", "short", "english"),
    [
        ("2025-10-09", "09/10/2025", "ngày~09 tháng~10 năm~2025", "09/10", "9~Oct~2025"),
        ("2023-04-18", "18/04/2023", "ngày~18 tháng~4 năm~2023", "18/04", "18~Apr~2023"),
        ("2024-02-01", "01/02/2024", "ngày~01 tháng~02 năm~2024", "01/02", "1~Feb~2024"),
        ("2023-04", "tháng~4/2023", "tháng~4 năm~2023", "tháng~4", "April~2023"),
        ("2023", "2023", "năm~2023", "2023", "2023"),
    ],
)
def test_a_date_shows_what_is_known_and_no_more(iso: str, day: str, long: str, short: str, english: str) -> None:
    date = PartialDate.parse(iso)
    assert render("{{ date|day }}", date=date) == day
    assert render("{{ date|long_day }}", date=date) == long
    assert render("{{ date|short_day }}", date=date) == short
    assert render("{{ date|day }}", "en", date=date) == english
    assert render("{{ date|isoformat }}", date=date) == iso


@pytest.mark.parametrize(
    ("text", "vietnamese", "english"),
    [("2025-10-10T16:55", "16:55 ngày~10/10/2025", "16:55, 10~Oct~2025"), ("2025-10-10", "10/10/2025", "10~Oct~2025")],
)
def test_a_moment_has_a_time_only_where_the_source_gives_one(text: str, vietnamese: str, english: str) -> None:
    stamp = Timestamp.parse(text)
    assert render("{{ stamp|moment }}", stamp=stamp) == vietnamese
    assert render("{{ stamp|moment }}", "en", stamp=stamp) == english


@pytest.mark.parametrize(
    ("text", "vietnamese", "english"),
    [
        ("2025-Q4", "quý~IV/2025", "quarter IV, 2025"),
        ("2025-6M", "6 tháng đầu năm~2025", "first half of 2025"),
        ("2025-9M", "9 tháng đầu năm~2025", "first nine months of 2025"),
        ("2025-H2", "6 tháng cuối năm~2025", "second half of 2025"),
        ("2025", "năm~2025", "2025"),
    ],
)
def test_a_period_is_named_as_unions_name_it(text: str, vietnamese: str, english: str) -> None:
    assert render("{{ period|period }}", period=Period.parse(text)) == vietnamese
    assert render("{{ period|period }}", "en", period=Period.parse(text)) == english


def test_numbers_follow_the_language() -> None:
    assert render("{{ 1305|number }} {{ 1.5|number }}") == "1.305 1,5"
    assert render("{{ 1305|number }} {{ 1.5|number }}", "en") == "1,305 1.5"
    for value, language in itertools.product((0, -7, 999, -999, 1000, -1000, 999.5), ("vi", "en")):
        assert formats.number(value, language=language) == format_decimal(value, locale=language)


@pytest.mark.parametrize(("value", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX")])
def test_roman_numerals(value: int, numeral: str) -> None:
    assert render("{{ value|roman }}", value=value) == numeral


def test_a_roman_numeral_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="0"):
        render("{{ 0|roman }}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cụm thi đua số 1", "Cụm thi đua số~1"),
        ("giao ban quý I, khoá XIII", "giao ban quý~I, khoá~XIII"),
        ("Đại hội lần thứ XVI", "Đại hội lần~thứ~XVI"),
        ("ngày 09 tháng 10 năm 2025", "ngày~09 tháng~10 năm~2025"),
        ("TS. Dũng và GS.TSKH. Đặng", "TS.~Dũng và GS.TSKH.~Đặng"),
        ("KH và KT, KH & KT", "KH~và~KT, KH~&amp;~KT"),
        ("tỉnh Phú Thọ", "tỉnh Phú~Thọ"),
        ("Liên hiệp Hội năm tỉnh Tây Nguyên", "Liên hiệp Hội năm tỉnh Tây~Nguyên"),
        ("đồng chí Nguyễn Thử An, Phó Chủ tịch", "đồng chí Nguyễn~Thử~An, Phó Chủ tịch"),
        ("Chủ tịch Đỗ Ẩn Phó Chủ tịch", "Chủ tịch Đỗ~Ẩn Phó Chủ tịch"),
        ("Hà Nội Trường Đại học, Lâm Đồng Lê Ân", "Hà~Nội Trường Đại học, Lâm~Đồng Lê~Ân"),
        ("phường Sông Mây, Liên hiệp hội Tân Lâm Thử", "phường Sông~Mây, Liên hiệp hội Tân~Lâm Thử"),
        ("Hội Làm vườn; xLê Ân", "Hội Làm vườn; xLê Ân"),
        ("số 57-NQ/TW", 'số~<span class="nb">57-NQ/TW</span>'),
        ("126/2024/NĐ-CP", '<span class="nb">126/2024/NĐ-CP</span>'),
        ("476/SNV-TCPCP&VTLT", '<span class="nb">476/SNV-TCPCP&amp;VTLT</span>'),
        ("1/AB", '<span class="nb">1/AB</span>'),
        ("12345/2024/AB và 123456/AB", '<span class="nb">12345/2024/AB</span> và 123456/AB'),
        ("Đ/c An, đ/c An, TS. An, xTS. An", "Đ/c~An, đ/c~An, TS.~An, xTS. An"),
        ("số 1", "số~1"),
        ("ngày 22/12/2024", "ngày~22/12/2024"),
        ("quý khách, năm tháng", "quý khách, năm tháng"),
        ("https://a.example/57-NQ/TW", "https://a.example/57-NQ/TW"),
        ("<b>số 1</b>", "&lt;b&gt;số~1&lt;/b&gt;"),
    ],
)
def test_lines_do_not_break_where_they_must_not(text: str, shown: str) -> None:
    assert tidy(text).replace(NBSP, "~") == shown


def test_a_heading_keeps_words_of_two_syllables_whole() -> None:
    title = "Cụm số 1 giao ban, tổng kết <thi đua>; giao việc, công tắc"
    assert heading(title).replace(NBSP, "~") == "Cụm số~1 giao~ban, tổng~kết &lt;thi~đua&gt;; giao việc, công tắc"


def test_markup_is_changed_between_its_tags_only() -> None:
    written = Markup("<a title='số 1'>&lt;số 1&gt;</a>")
    assert render("{{ written|tidy }}", written=written) == "<a title='số 1'>&lt;số~1&gt;</a>"


def test_values_in_messages_are_escaped_in_templates_and_in_code() -> None:
    assert render('{{ _("Quý %(q)s, 5%%", q="<i>") }}') == "Quý &lt;i&gt;, 5%"
    assert wording.gettext_functions("vi")["_"]("Quý %(q)s, 5%%", q="<i>") == "Quý &lt;i&gt;, 5%"


def test_a_record_s_own_words_are_neither_markup_nor_a_format() -> None:
    gettext = wording.gettext_functions("vi")["_"]
    assert gettext("<img src=x> 50% & %(q)s") == "&lt;img src=x&gt; 50% &amp; %(q)s"
    assert wording.gettext_functions("vi")["ngettext"]("%(num)s <b>", "%(num)s <b>", 2) == "2 &lt;b&gt;"


def test_english_has_two_forms_where_vietnamese_has_one() -> None:
    template = '{{ ngettext("%(num)s hội nghị", "%(num)s hội nghị", 1) }}, {{ ngettext("%(num)s hội nghị", "%(num)s hội nghị", 2) }}'
    assert render(template) == "1 hội nghị, 2 hội nghị"
    assert render(template, "en") == "1 meeting, 2 meetings"


def test_a_language_without_a_catalogue_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        wording.translations("fr")


def test_a_catalogue_that_was_edited_is_read_again(tmp_path: Path) -> None:
    file = po_path("en", tmp_path)
    file.parent.mkdir(parents=True)
    for number, word in enumerate(("meeting", "session")):
        file.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "hội nghị"\nmsgstr "{word}"\n', encoding="utf-8")
        os.utime(file, ns=(number, number))
        assert translations("en", tmp_path).gettext("hội nghị") == word


def test_every_message_of_the_project_has_a_sound_english_translation() -> None:
    assert catalog.faults(ROOT) == []


def test_no_message_of_the_code_escapes_the_catalogue() -> None:
    """Inside an f-string, or made of pieces, it would: the extractor reads plain calls."""
    with (ROOT / "theme/locale/en/LC_MESSAGES/sogiaoban.po").open("rb") as stream:
        known = {text for message in read_po(stream) for text in ([message.id] if isinstance(message.id, str) else message.id)}
    escaped = [
        (file.name, node.lineno)
        for file in sorted((ROOT / "plugins").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_"
        if not isinstance(node.args[0], ast.Constant) or node.args[0].value not in known
    ]
    assert escaped == []


def test_the_catalogue_in_the_tree_is_what_update_writes(tmp_path: Path) -> None:
    for folder in ("plugins", "theme/templates"):
        copytree(ROOT / folder, tmp_path / folder, ignore=ignore_patterns("__pycache__"))
    po = po_path("en", tmp_path / "theme" / "locale")
    po.parent.mkdir(parents=True)
    po.write_bytes(po_path("en").read_bytes())
    catalog.update(tmp_path)
    assert po.read_bytes() == po_path("en").read_bytes()
    assert (tmp_path / "theme/locale/sogiaoban.pot").read_bytes() == (ROOT / "theme/locale/sogiaoban.pot").read_bytes()


PO = """msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ("", "not translated: 'có %(n)s'"),
        ('msgid "có %(n)s"\nmsgstr ""\n', "not translated: 'có %(n)s'"),
        ('#, fuzzy\nmsgid "có %(n)s"\nmsgstr "%(n)s"\n', "fuzzy: 'có %(n)s'"),
        ('msgid "có %(n)s"\nmsgstr "some"\n', "placeholders differ: 'có %(n)s' - 'some'"),
        ('msgid "có %(n)s"\nmsgstr "%(m)s"\n', "placeholders differ: 'có %(n)s' - '%(m)s'"),
        ('msgid "có %(n)s"\nmsgstr "%(n)s"\n\nmsgid "bỏ"\nmsgstr "gone"\n', "unused: 'bỏ'"),
    ],
)
def test_each_fault_of_a_catalogue_is_named(tmp_path: Path, entries: str, fault: str) -> None:
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    (tmp_path / "theme" / "templates" / "a.html").write_text('{{ _("có %(n)s", n=1) }}', encoding="utf-8")
    po = po_path("en", tmp_path / "theme" / "locale")
    po.parent.mkdir(parents=True)
    po.write_text(PO + entries, encoding="utf-8")
    assert catalog.faults(tmp_path) == [f"en: {fault}"]


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    (tmp_path / "theme" / "templates" / "a.html").write_text('{{ _("cũ") }}{{ _("mới") }}', encoding="utf-8")
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "b.py").write_text('N_("trong mã")', encoding="utf-8")
    po = po_path("en", tmp_path / "theme" / "locale")
    po.parent.mkdir(parents=True)
    po.write_text(PO + 'msgid "cũ"\nmsgstr "old"\n\nmsgid "bỏ"\nmsgstr "gone"\n', encoding="utf-8")
    catalog.update(tmp_path)
    text = po.read_text(encoding="utf-8")
    assert 'msgid "cũ"\nmsgstr "old"' in text
    assert 'msgid "mới"\nmsgstr ""' in text
    assert 'msgid "trong mã"' in text
    assert "gone" not in text
