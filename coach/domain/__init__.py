"""The words of the trade: pure, standard library only."""
