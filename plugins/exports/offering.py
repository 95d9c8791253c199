"""Hands templates what pages offer, and writes nothing: a plugin of its own for a site without data files, as when only pages are timed."""

from __future__ import annotations

from urllib.parse import urlsplit

from pelican import signals
from pelican.generators import Generator

from .offers import Exports


class OfferGenerator(Generator):
    """Puts ``exports`` (:class:`exports.offers.Exports`) into Pelican's context."""

    def generate_context(self) -> None:
        site_url = site_address(self.settings["SITEURL"]) if self.settings["SITEURL"] else ""
        site = self.context["site"]
        exports = Exports(
            archive=self.context["archive"],
            site=site.name,
            edition=site.edition,
            site_url=site_url,
            has_feeds=bool(site_url and self.settings.get("PUBLISH_FEEDS")),
        )
        self.context["exports"] = exports
        if not self.context["revision"]:
            _ = exports.by_page


def site_address(setting: str) -> str:
    """The address of the site without a slash at its end. Raises ValueError where it is not a whole address."""
    parts = urlsplit(setting)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError(f"SITEURL: {setting!r} is not an address such as https://example.org or https://example.org/so-giao-ban")
    return setting.rstrip("/")


def offer_generator(_pelican: object) -> type[OfferGenerator]:
    return OfferGenerator


def register() -> None:
    signals.get_generators.connect(offer_generator)
