"""One module for each step; the newest is what coach.store.tables says."""
