"""Communities: made and kept, who is interested, who gets a seat, and who is a member."""
