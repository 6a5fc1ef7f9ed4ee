from django.utils.translation import gettext as _

from instancias.errores import ErrorDeDominio


class EvaluacionError(ErrorDeDominio):
    """A rule of the evaluations was not met."""


def no_encontrado() -> EvaluacionError:
    """An attempt that is not there and one of somebody else get the same answer."""
    return EvaluacionError("no_encontrado", _("No encontramos esta página."))


def eleccion_invalida(codigo: str) -> EvaluacionError:
    """Say in words why the options do not answer the question."""
    mensajes = {
        "alternativa_ajena": _("Esa alternativa no es de esta pregunta. Vuelva a abrir las preguntas."),
        "una_sola_alternativa": _("Elija una sola alternativa."),
    }
    return EvaluacionError(codigo, mensajes[codigo])
