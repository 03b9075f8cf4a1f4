"""site/ -> a branch of a Git remote, whose files a host such as GitHub Pages serves.

The branch is made in a repository of its own, which is thrown away: the archive's repository, its index and its work
tree are never touched, and nothing that was withdrawn stays behind in it.
"""
