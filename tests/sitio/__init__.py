"""Somebody else's site, made by ``wagtail start`` outside this tree, with the wheel installed: «make plugin».

``receta`` follows what the README says, word by word; ``recorrido`` walks through it in a real browser; ``variantes``
tries it again with another user, another picture, another base page, another order and neighbours of the same names.
"""
