"""What pages, files and messages read of the evaluations. Nothing here writes."""
