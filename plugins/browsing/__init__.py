"""Looks at finished pages in a real browser: for the tests and for screenshots, never when the site is built."""
