"""What each understood row would do, held against what is registered, and the rows as they are kept meanwhile."""
