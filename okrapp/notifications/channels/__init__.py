"""Ways out of the house, one package each."""
