"""Our own extensions: openers and exports of more formats than the core has, two verbs, and clusters to work on.

Nothing else of the package imports this one. `glossator.extension_points.lookup` names what is in it.
"""
