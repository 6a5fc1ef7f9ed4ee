"""Take a whole list back: what would happen, and the act."""
