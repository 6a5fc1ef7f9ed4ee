"""Announcements of the frame."""

from django.dispatch import Signal

# va_a_salir(sender=type of account, cuenta): a session is about to end, whichever way. Sent before it does.
va_a_salir = Signal()
