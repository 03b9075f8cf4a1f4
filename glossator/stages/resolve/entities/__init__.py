"""Entities: canonical name, type, descriptor and id of each group of clusters."""
