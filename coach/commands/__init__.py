"""The commands of `coach`, one module for each kind of work."""
