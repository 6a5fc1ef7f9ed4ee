"""The alarm of the service: what is not well, whether somebody was told, and whom to tell."""
