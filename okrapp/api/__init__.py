"""What every REST resource stands on: pages, problems, permissions. Knows no OKR."""
