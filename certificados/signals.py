"""Announcements of this room. Each is sent after the transaction is committed."""

from django.dispatch import Signal

# certificados_emitidos(sender=Certificado, certificados=list[int]): rows that wait for their PDF.
certificados_emitidos = Signal()

# cifras_congeladas(sender=DocumentoDeCifras, documentos=list[int]): rows that wait for their PDF.
cifras_congeladas = Signal()
