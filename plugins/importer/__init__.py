"""Old pages become draft records: a command for editors, nothing of it runs when the site is built.

The way of a page: :mod:`sources` finds it, :mod:`encodings` reads it, :mod:`tree` or :mod:`plain` turns it into blocks, :mod:`article`
tells the report from the furniture, :mod:`suggesting` proposes front matter with its evidence, :mod:`writing` makes the record.
"""
