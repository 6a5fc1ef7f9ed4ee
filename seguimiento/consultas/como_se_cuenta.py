"""What each figure of the panel counts, in words: one text a figure, for the page of help, the sheets and whoever asks.

The conditions are in ``definiciones``; here, the same names say the same to people.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Definicion:
    """A figure: its key, its name and what it counts."""

    clave: str
    nombre: str | Promise
    texto: str | Promise


ASIENTOS = (
    Definicion(
        "asientos",
        _("Asiento exigido"),
        _(
            "Lugar institucional según los artículos 107 y 109 del Reglamento, en una instancia propia y convocado por "
            "la edición. Cuenta desde que se abrió, o desde el primer día en que alguien lo ocupa. No cuenta el que no "
            "aplica en ese lugar. Las personas rotan; el asiento queda."
        ),
    ),
    Definicion(
        "con_persona",
        _("Asiento con persona"),
        _("Ese día lo ocupa un titular o un alterno/a: desde su primer día hasta el último, los dos incluidos."),
    ),
    Definicion("sin_persona", _("Asiento sin persona"), _("Ese día no tiene titular ni alterno/a en funciones.")),
    Definicion(
        "completos",
        _("Asiento completo"),
        _(
            "Ese día lo ocupa alguien que ya había terminado el curso de la edición: su titular o su alterno/a, o solo "
            "su titular si así lo dicen los ajustes. Cambiar ese ajuste vuelve a contar todos los días; lo que ya se "
            "cerró no cambia."
        ),
    ),
    Definicion(
        "alcaldias",
        _("Alcaldía al día"),
        _("El asiento que preside una instancia distrital, cuando está completo."),
    ),
)
PERSONAS = (
    Definicion(
        "integrantes",
        _("Integrante"),
        _(
            "Persona que ese día ocupa, como titular o alterno/a, un asiento exigido. En el total cada persona cuenta "
            "una vez; en las instancias, una vez en cada una que integra: por eso pueden sumar más."
        ),
    ),
    Definicion(
        "inscritas",
        _("Inscrita"),
        _("Integrante que ya estaba en la edición ese día. Quien se retiró ya no cuenta, salvo que antes terminara."),
    ),
    Definicion("empezaron", _("Empezó"), _("Integrante que a esa fecha ya había abierto alguna parte del curso.")),
    Definicion("en_curso", _("En curso"), _("Integrante que ya había empezado y todavía no terminaba.")),
    Definicion(
        "no_empezaron",
        _("No empezó"),
        _("Integrante que no había abierto ninguna parte, inscrito o no, y que no sigue en otra edición del curso."),
    ),
    Definicion(
        "en_otra",
        _("Sigue en otra edición"),
        _(
            "Integrante que no abrió ninguna parte de esta edición porque va a medias en otra del curso, que sigue "
            "abierta. No sale en la lista de quienes no empezaron ni en «A quién recordar»: se le acompaña en la otra."
        ),
    ),
    Definicion(
        "terminaron",
        _("Terminó"),
        _(
            "Integrante que a esa fecha ya había completado todo lo que pide su versión del curso. No se pierde si el "
            "curso cambia después. Para los asientos y la lista cuenta quien los ocupa ese día."
        ),
    ),
    Definicion("este_mes", _("Terminó este mes"), _("Terminó desde el día 1 del mes de esa fecha.")),
    Definicion("en_la_semana", _("Terminó en la semana"), _("Terminó en los siete días que acaban en esa fecha.")),
    Definicion("pendientes", _("Todavía no termina"), _("Integrante que a esa fecha no había terminado.")),
    Definicion(
        "certificadas",
        _("Con certificado vigente"),
        _(
            "Integrante con un certificado de la edición emitido hasta ese día y que ese día no estaba anulado ni "
            "reemplazado. El que reemplaza a otro cuenta desde su propia fecha."
        ),
    ),
)
DESPUES = (
    Definicion(
        "registrado_despues",
        _("Registrado después"),
        _(
            "Lo que se anotó pasado ese día, con una fecha anterior: entradas a un asiento, salidas y cursos "
            "terminados. Está dentro de las cifras, y se dice aparte cuánto es: por eso explica que una cifra no sea "
            "igual a la que se leyó aquel día. De lo anotado antes de que se guardara esa hora, no se sabe."
        ),
    ),
)
RESULTADOS = (
    Definicion(
        "respuestas_de_encuesta",
        _("Respuestas de la encuesta"),
        _(
            "Personas que enviaron la encuesta, en el lugar de su inscripción y en el sector del asiento que ocupaban "
            "al responder. Cuentan aunque después dejen el asiento o se retiren. De una respuesta que eligieron menos "
            "de cinco no se dice cuántas fueron, ni se deja saber por lo que queda."
        ),
    ),
    Definicion(
        "cierre_de_grupo",
        _("Cuándo entra una respuesta"),
        _(
            "Al cerrar cada mes, y tres días después, entran juntas las que esperan en un mismo lugar, si son de cinco "
            "personas o más. Lo que espera tres meses entra con lo de otros lugares de su provincia. Por eso la "
            "diferencia entre dos días, dos lugares, o un total y sus partes es siempre de cinco personas o más."
        ),
    ),
    Definicion(
        "aprendido",
        _("Cuánto se aprendió"),
        _(
            "Aciertos de cada 100 preguntas en el primer intento de la evaluación de entrada y de la final, de quienes "
            "dieron las dos. Entran por grupos cerrados, como las encuestas, pero de diez personas: quien quite su "
            "nota de un promedio no llega a la de pocos. El intervalo es el del 95 % de la diferencia de cada persona."
        ),
    ),
)
SALUD = (
    Definicion(
        "partes_del_curso",
        _("Empezaron y terminaron cada parte"),
        _(
            "De quienes ya empezaron el curso: a cuántas personas su versión les pide la parte, cuántas la abrieron y "
            "cuántas la completaron hasta ese día."
        ),
    ),
    Definicion(
        "tiempos",
        _("Minutos y días"),
        _(
            "Medianas, desde cinco personas, de las 400 con actividad más reciente. Minutos: desde que abren la parte "
            "hasta que la terminan, si es el mismo día. Días: desde que terminaron la parte que hicieron antes. Al "
            "lado, los minutos que el curso calcula para leerla."
        ),
    ),
    Definicion(
        "se_detuvieron",
        _("Se detuvieron"),
        _("Sin terminar y sin actividad en 14 días, en la última parte que tocaron. Se sabe solo de hoy."),
    ),
)
DECLARADO = (
    Definicion(
        "por_sexo",
        _("Por sexo"),
        _(
            "Entre quienes lo declararon en «Mi cuenta». Se cuenta una vez al día en cada provincia y cada edición; "
            "cada persona, en una sola de sus instancias. Una cuenta nueva se dice cuando cambió en cinco personas o "
            "más, o en nada; mientras tanto queda la anterior, con su día."
        ),
    ),
    Definicion(
        "autoidentificacion",
        _("Autoidentificación étnica"),
        _("Entre quienes la declararon, de toda la provincia. Nadie ve la de una persona. Se dice como la de sexo."),
    ),
    Definicion(
        "reservado",
        _("Menos de 5 (o reservado)"),
        _("El grupo es de menos de cinco personas, o por él se sabría otro que lo es: restando, sumando o esperando."),
    ),
)
SOLO_DE_HOY = (
    Definicion(
        "sin_actividad",
        _("Sin actividad en 14 días"),
        _("No ha terminado y no avanzó en los últimos 14 días, contados desde su inscripción."),
    ),
    Definicion(
        "ayuda",
        _("Necesita ayuda"),
        _("No aprobó dos veces una evaluación, o falló cuatro veces la misma pregunta, y no la completó después."),
    ),
    Definicion(
        "recordar",
        _("A quién recordar"),
        _("Quien hoy puede seguir y lo necesita. También son solo de hoy la última actividad y las partes hechas."),
    ),
)
TODAS = (*ASIENTOS, *PERSONAS, *DESPUES, *RESULTADOS, *SALUD, *DECLARADO, *SOLO_DE_HOY)
POR_CLAVE = {definicion.clave: definicion for definicion in TODAS}
