"""Clusters -> entities: name, descriptor, id."""
