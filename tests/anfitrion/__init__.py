"""A foreign site with its own base page, user and course pages: the five rooms must live in it."""
