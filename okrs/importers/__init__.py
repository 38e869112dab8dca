"""OKRs from spreadsheets: reading rows, checking how they hang together, writing them."""
