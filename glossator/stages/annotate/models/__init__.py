"""The models that read a text: pipelines of spaCy, and the classifier of what they find."""
