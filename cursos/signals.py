"""Announcements of this room. Each is sent after the transaction is committed."""

from django.dispatch import Signal

# curso_terminado(sender=Inscripcion, inscripcion_id=int): the last required unit of an enrolment was done.
curso_terminado = Signal()
