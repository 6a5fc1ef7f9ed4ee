"""Why a certificate is not issued, replaced or revoked."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marco.errores import ErrorDeDominio


class Motivo(TextChoices):
    """Stable codes; the label is the sentence for the person who asked."""

    NO_EXISTE = "no_existe", _("No encontramos esa inscripción.")
    RETIRADA = "retirada", _("La inscripción fue retirada. Revísela antes de emitir.")
    SIN_TERMINAR = "sin_terminar", _("Todavía no termina el curso. El documento sale solo cuando termine.")
    EN_ESPERA = (
        "en_espera",
        _("Terminó porque se dejó de pedir una parte. El documento sale 24 horas después de esa decisión."),
    )
    SIN_HORAS = "sin_horas", _("El curso no dice cuántas horas dura. Escríbalas en el curso y publíquelo.")
    SIN_PLANTILLA = "sin_plantilla", _("El curso no tiene plantilla de certificado. Créela en el administrador.")
    ANULADO = "anulado", _("Su documento fue anulado. Para darle otro, use «Emitir de nuevo».")
    NO_VIGENTE = "no_vigente", _("Este documento ya no está vigente. Vuelva a cargar la página.")
    SIN_MOTIVO = "sin_motivo", _("Escriba el motivo, en una oración.")
    SIN_NOMBRE = "sin_nombre", _("Escriba los nombres y apellidos.")
    NOMBRE = (
        "nombre",
        _("El nombre de la persona tiene signos que el papel no puede decir. Corríjalo en «Personas y asientos»."),
    )
    MAL_ESCRITO = "mal_escrito", _("Revise lo que escribió.")
    MISMO_NOMBRE = "mismo_nombre", _("El nombre es igual al que ya está impreso. No hay nada que corregir.")
    NO_COINCIDE = (
        "no_coincide",
        _("No encontramos ese documento. Revise el código y el DNI, tal como están en el papel."),
    )
    ESPERE = "espere", _("Por seguridad, espere unos minutos e intente otra vez.")
    FUERA_DE_ALCANCE = "fuera_de_alcance", _("Ese documento no es de su zona.")


class CertificadoError(ErrorDeDominio):
    def __init__(self, motivo: Motivo, mensaje: str = "") -> None:
        super().__init__(motivo.value, mensaje or str(motivo.label))
