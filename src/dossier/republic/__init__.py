"""Sorrel, the invented country: people, ID numbers, registries, errors, storage."""
