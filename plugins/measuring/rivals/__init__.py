"""The same archive for other generators, so that builds can be timed side by side."""
