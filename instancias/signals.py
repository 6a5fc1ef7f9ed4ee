"""Announcements of this room. Each is sent after the transaction is committed."""

from django.dispatch import Signal

# membresias_creadas(sender=Membresia, ids=list[int]): people took seats.
membresias_creadas = Signal()
