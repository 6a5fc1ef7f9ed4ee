"""Load a service that is on, from other processes, as phones do; and say what was lost, refused and waited for."""
