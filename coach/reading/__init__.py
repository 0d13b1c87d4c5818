"""How an answer is understood: rules over word lists that a coach can read."""
