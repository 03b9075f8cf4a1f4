"""Additions of the command line to the core: openers of more formats, and clusters of machines to work on.

Nothing of the core imports this package: `glossator.cli.extensions` puts it together.
"""
