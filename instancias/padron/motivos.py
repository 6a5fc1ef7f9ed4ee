"""How the cells of a list and the kinds of problem are called where people read them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CAMPOS = {
    "documento": _("DNI"),
    "tipo_de_documento": _("Tipo de documento"),
    "nombres": _("Nombres"),
    "apellidos": _("Apellidos"),
    "celular": _("Celular"),
    "correo": _("Correo"),
    "provincia": _("Provincia"),
    "distrito": _("Distrito"),
    "ubigeo": _("Ubigeo"),
    "instancia": _("Instancia"),
    "asiento": _("Asiento"),
    "numero": _("N° de asiento"),
    "calidad": _("Calidad"),
    "institucion": _("Institución"),
    "cargo": _("Cargo"),
    "designacion": _("Designación"),
    "desde": _("Desde"),
}
# What a form offers of a row even if its list had no such column.
DE_SIEMPRE = ("documento", "nombres", "apellidos", "celular", "distrito", "asiento", "calidad", "institucion", "desde")
CODIGOS = {
    "asiento_ocupado": _("Asiento ocupado"),
    "dni_con_otro_nombre": _("Un DNI con dos nombres"),
    "dni_registrado_con_otro_nombre": _("DNI registrado con otro nombre"),
    "persona_ajena": _("Persona de otro lugar"),
    "fuera_de_alcance": _("Fuera de su territorio"),
    "con_la_otra_calidad": _("Con la otra calidad"),
    "formula": _("Fórmulas"),
    "posible_repetida": _("Puede estar repetida"),
}


def nombre_del_campo(campo: str) -> str:
    return str(CAMPOS.get(campo, campo.replace("_", " ").capitalize()))


def nombre_del_motivo(motivo: str) -> str:
    """A kind of problem in a few words; of one without them, its column says enough."""
    campo, _punto, codigo = motivo.partition(".")
    if codigo in CODIGOS:
        return str(CODIGOS[codigo])
    return nombre_del_campo(campo) if campo else str(_("Otros"))
