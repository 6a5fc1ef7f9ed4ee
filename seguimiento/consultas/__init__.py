"""Questions of the panel. Each is one statement over sets, limited by an ``Ambito``, and says what it counts.

Seats and people are counted apart: a seat is covered by people who rotate; a person finishes once, on whatever seats.
"""
