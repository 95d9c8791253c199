"""Synthetic archives and benchmarks: commands for maintainers, no part of a build."""
