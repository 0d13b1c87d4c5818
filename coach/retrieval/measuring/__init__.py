"""How good the search is: our own questions and public sets, beside other libraries, and without each of its layers."""
