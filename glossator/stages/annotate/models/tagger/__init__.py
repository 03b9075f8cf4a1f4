"""The recogniser of names: a small transformer that tags each word, as a component of a spaCy pipeline.

Its layers are the first three of MiniLM (Wang and others, 2020), tuned by `training/`; they are run by numpy.
"""
