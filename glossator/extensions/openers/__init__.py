"""Openers of archives, documents, mail, exports of read-later services and lists of links: one function a format."""
