"""Our own extensions: openers of more formats than the core reads, and clusters of machines to work on.

Nothing else of the package imports this one. `glossator.extension_points.lookup` names what is in it.
"""
