from django.utils.translation import gettext as _

from marco.errores import ErrorDeDominio

from .clases import RespuestaInvalida


class EvaluacionError(ErrorDeDominio):
    """A rule of the evaluations was not met."""


def no_encontrado() -> EvaluacionError:
    """An attempt that is not there and one of somebody else get the same answer."""
    return EvaluacionError("no_encontrado", _("No encontramos esta página."))


def sin_preguntas_nuevas() -> EvaluacionError:
    """There is nothing left to ask whose right answer was not shown."""
    return EvaluacionError(
        "sin_preguntas_nuevas",
        _("De las preguntas que quedan ya se mostró la respuesta. Quien escribe el curso debe agregar otras."),
    )


def respuesta_invalida(error: RespuestaInvalida) -> EvaluacionError:
    """Say why what was sent does not answer the question. Its kind says it in words."""
    return EvaluacionError(error.codigo, str(error))


def falta_calificar() -> str:
    """Say, to the person, that an attempt has no mark yet."""
    return _(
        "Recibimos sus respuestas. Una persona del equipo tiene que calificar una parte; por eso todavía no hay nota."
        " Usted no tiene que hacer nada: la verá aquí."
    )
