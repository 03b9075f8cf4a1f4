"""The verbs by which texts tell what a thing is for, and what somebody does or did."""

from __future__ import annotations

from glossator.word_lists import word_lists

PRESENT = word_lists("annotate")["verbs_present"]
"""Verbs in the present by which a text tells what a thing is for or what somebody does."""

PAST = word_lists("annotate")["verbs_past"]
"""Verbs in the past by which a text tells what somebody did."""
