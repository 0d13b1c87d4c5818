"""Waardebalans: a chat assistant for multi-value strategy coaching."""
