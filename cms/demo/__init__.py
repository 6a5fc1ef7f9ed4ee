"""The whole space on one machine, with invented people: for trying it, for pictures, for the browser tests."""
