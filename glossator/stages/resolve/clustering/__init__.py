"""Clustering: which names are one entity by what the articles themselves show."""
