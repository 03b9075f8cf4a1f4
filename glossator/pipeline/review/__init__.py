"""The archive as a person corrects it: what is in it, what is doubtful, what a decision would change."""
