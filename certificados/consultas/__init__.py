"""What pages, files and messages read of the certificates. Nothing here writes."""
