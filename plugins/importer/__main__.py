"""``python -m plugins.importer``: the same as ``python3 tasks.py import``."""

import sys

from .command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
