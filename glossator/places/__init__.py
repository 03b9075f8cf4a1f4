"""Regions and cities by name, and the outlines of countries."""
