"""The site families of the old union websites: where each keeps title, date and text, and what it puts among the text.

Source: docs/importer.md, "Site families". A selector that finds nothing costs nothing; what is left of the furniture after this is told
by its words (:mod:`furniture`).
"""

from __future__ import annotations

from dataclasses import dataclass

from .selecting import Selector

# Parts of a page that never are the article, on any site.
DROPPED_TAGS = (
    "script", "style", "noscript", "iframe", "object", "embed", "applet", "template", "svg", "canvas", "audio", "video", "map",
    "select", "button", "input", "textarea", "label", "dialog", "link", "meta",
)  # fmt: skip
OUTSIDE_TAGS = ("nav", "footer", "aside", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """How one kind of site is made. The first selector that finds something counts."""

    name: str
    marks: tuple[str, ...]
    """Any of these tells the family."""
    body: tuple[str, ...]
    title: tuple[str, ...]
    published: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


FAMILIES = (
    Family(
        name="WordPress",
        marks=('meta[name="generator"][content*="WordPress"]', ".entry-content", "body.single-post", "article.post .post-content"),
        body=(".entry-content", ".td-post-content", "article.post .post-content", ".post-entry"),
        title=("h1.entry-title", ".entry-title", "h1.post-title", "article h1"),
        published=("time.entry-date", "time.published", ".entry-date", ".posted-on time", ".post-date", ".td-post-date", ".entry-meta"),
        byline=(".post-author-name", ".author.vcard"),
        dropped=(".sharedaddy", ".jp-relatedposts", ".yarpp-related", ".post-navigation", "#respond", "#comments", ".entry-footer", ".addtoany_share_save_container",
                 ".author-box", ".related-posts", ".wp-block-latest-posts", ".post-views", ".ez-toc-container"),
    ),
    Family(
        name="Joomla",
        marks=('meta[name="generator"][content*="Joomla"]', ".item-page", "td.contentheading", ".contentpaneopen", ".com_content"),
        body=('[itemprop="articleBody"]', ".item-page .article-content", ".item-page", ".article-content", ".contentpaneopen:has(p)", "#component"),
        title=(".item-page h1", ".item-page h2", ".contentheading", ".componentheading", "h2.title"),
        published=('time[itemprop="datePublished"]', ".published time", ".createdate", ".create time", "dd.published", "dd.create"),
        byline=(".createdby", ".small"),
        dropped=(".page-header", ".contentheading", ".createdate", ".createdby", ".buttonheading", ".icons", ".actions", ".article-info", ".pagenav", ".pager", ".modifydate", ".article_separator", ".breadcrumbs",
                 ".content_rating", ".content_vote", ".relateditems", ".related-articles", ".article-tools", ".jcomments", "#jc"),
    ),
    Family(
        name="Drupal",
        marks=('meta[name="generator"][content*="Drupal" i]', ".field-name-body", ".field--name-body", "body.node-type-article", ".node .submitted"),
        body=(".field-name-body", ".field--name-body", ".node .content", ".node__content"),
        title=("h1#page-title", "h1.page-header", "h1.title", ".node h2 a", ".node h1", "h1"),
        published=(".submitted time", ".submitted", ".field-name-post-date", ".node__submitted", ".date-display-single"),
        byline=(".field-name-field-tac-gia", ".field-name-field-author"),
        dropped=(".links", ".field-name-field-tags", ".service-links", "#comments", ".block-views", ".submitted"),
    ),
    Family(
        name="vusta.vn",
        marks=(".tm-img-alt", ".tm-article", ".detail__content", 'link[rel="canonical"][href*="vusta.vn"]', 'meta[property="og:url"][content*="vusta.vn"]'),
        body=(".tm-article-content", ".detail__content", ".detail-content", ".article__body", ".tm-article"),
        title=("h1.tm-article-title", "h1.detail__title", "h1.article__title", "h1"),
        published=(".tm-article-date", ".detail__date", ".article__meta", ".detail__meta", ".date"),
        byline=(".detail__author", ".article__author"),
        dropped=(".detail__related", ".tm-related", ".box-tinmoi", ".detail__share", ".detail__tag"),
    ),
    Family(
        name="ASP.NET",
        marks=('input[name="__VIEWSTATE"]', "form#aspnetForm", '[id^="dnn_ctr"]', '[id^="ctl00_"]'),
        body=('[id$="lblNoiDung" i]', '[id$="lblContent" i]', '[id$="divNoiDung" i]', '[id$="lblBody" i]', '[id$="_Content" i]:has(p)', ".news-content", ".NewsContent", ".ArticleContent",
              ".edn_articleDetails", ".noidung", "#noidung", ".Normal"),
        title=('[id$="lblTitle" i]', '[id$="lblTieuDe" i]', ".news-title", ".NewsTitle", ".edn_articleTitle", ".tieude", "h1"),
        published=('[id$="lblNgayDang" i]', '[id$="lblDate" i]', '[id$="lblPublish" i]', '[id$="lblNgay" i]', ".NewsDate", ".news-date", ".ngaydang", ".edn_date"),
        byline=('[id$="lblTacGia" i]', '[id$="lblAuthor" i]', ".NewsAuthor", ".tacgia"),
        dropped=('[id*="TinKhac" i]', '[id*="Other" i]', '[id*="LienQuan" i]', ".OtherNews", ".tinkhac", ".tin-khac", ".tinlienquan"),
    ),
    Family(
        name=".gov.vn",
        marks=('meta[property="og:url"][content*=".gov.vn"]', 'link[rel="canonical"][href*=".gov.vn"]', ".article-detail", ".detail-content", ".news-detail", "#content-detail", ".chitiettin"),
        body=(".article-detail .content", ".article-content", ".detail-content", "#content-detail", ".content-detail", ".news-detail .content", ".noidung-tin", ".chitiettin .noidung", ".article-detail", ".news-detail"),
        title=("h1.title", ".article-title", ".detail-title", ".title-detail", ".tieude-tin", "h1"),
        published=(".article-date", ".date-post", ".detail-date", ".post-date", ".ngay-dang", ".thoigian", ".date", "time"),
        byline=(".article-author", ".tac-gia", ".author"),
        dropped=(".other-news", ".related-news", ".tin-lien-quan", ".cac-tin-khac", ".tools", ".share", ".rating", ".tags"),
    ),
)  # fmt: skip
ANY = Family(
    name="",
    marks=(),
    body=('[itemprop="articleBody"]', "article .content", ".post-content", ".article-body", ".news-body", ".entry"),
    title=('[itemprop="headline"]', "article h1", "h1"),
    published=('[itemprop="datePublished"]', "time[datetime]"),
    byline=('[rel="author"]', ".author"),
)


def recognise(page: Selector) -> Family:
    """The family whose marks the page bears; the first in the order above."""
    return next((family for family in FAMILIES if any(page.one(mark) for mark in family.marks)), ANY)
