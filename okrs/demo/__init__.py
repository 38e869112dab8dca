"""An invented company to look around in: what it is (company, year, quarters), what it says (texts), its making."""
