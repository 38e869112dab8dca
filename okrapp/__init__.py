"""okrapp: OKRs for whole companies, and the programme that introduces them."""
