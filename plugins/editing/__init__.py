"""For those who write records: check, new, the form in the browser, and what other editors need to know of the schema.

Commands, but for :mod:`editing.published`, which puts the form on the published site where a setting asks for it.
"""

from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "desk"
"""What the form is made of."""
