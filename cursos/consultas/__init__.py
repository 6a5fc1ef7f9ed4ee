"""What the pages of this room read. Nothing here writes."""
