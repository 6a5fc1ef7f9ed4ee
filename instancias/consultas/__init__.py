"""What the pages of the staff read about people and seats. Nothing here writes."""
