"""A draft and the archive -> findings: what the draft quotes, says and names, held against what the articles say.

Nothing is generated and nothing is guessed: every finding names the passage that it rests on.
"""
