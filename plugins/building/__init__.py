"""Builds the site safely: the old one stays until the new one is whole.

Nothing is imported here: ``environment`` and ``locking`` run on a bare Python, before any library is installed.
"""
