"""Write what is good of a list, a lot at a time."""
