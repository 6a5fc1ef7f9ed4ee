"""Announcements of this room. Each is sent after the transaction is committed."""

from django.dispatch import Signal

# membresias_creadas(sender=Membresia, ids=list[int]): people took seats.
membresias_creadas = Signal()

# asientos_deshechos(sender=Membresia, personas=list[int], desde=datetime, ahora): seats given at that moment are taken
# back, as if they had not been. Sent INSIDE the transaction, with the memberships already as before: who keeps what
# those seats opened lets it go.
asientos_deshechos = Signal()

# integrante_entro(sender=Persona, persona=int, anterior=datetime | None): a member signed in; when they last did.
integrante_entro = Signal()

# formulario_apartado(sender=Persona, persona, enviado=str, ahora): a member came back with a form that was being sent
# when the session ended, as it travelled (urlencoded). Sent after signing in: who knows the form keeps what is theirs
# and returns the sentence that tells the person so; of what nobody kept, the person is told that too.
formulario_apartado = Signal()
