"""What somebody sees and mends before anything is saved."""
