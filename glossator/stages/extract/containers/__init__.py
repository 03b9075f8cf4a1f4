"""Containers that several formats are made of, read within limits: MIME messages, ZIP archives, records in JSON."""
