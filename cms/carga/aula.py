"""The loads on a service that the bench turned on."""

from __future__ import annotations

from cms.rendimiento.servicio import Aula

from . import telefonos
from .modos import pedidos_de
from .resultado import Resultado

PERSONAS = {"respuestas": 300, "envios": 300, "entradas": 40, "reconexion": 200}
DE_LOS_CELULARES = {"procesos": 2, "hilos": 100}


def cargar(aula: Aula, modo: str, *, segundos: float, por_segundo: float = 50, personas: int = 0) -> Resultado:
    """Load it with people of their own, and look in the database for what it said that it kept."""
    gente = aula.dentro("preparar", en="cms.carga", personas=personas or PERSONAS[modo])
    pedidos = pedidos_de(modo, gente, por_segundo=por_segundo, segundos=segundos)
    resumen = telefonos.enviar(aula.sitio, pedidos, **DE_LOS_CELULARES)
    return Resultado.de(modo, resumen, faltan=aula.dentro("faltan", en="cms.carga", confirmadas=[*resumen.confirmadas]))
