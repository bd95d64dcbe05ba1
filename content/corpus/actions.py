"""Corpus exports: nothing yet."""
