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
    "muy_largo": _("Celda demasiado larga"),
    "varias_marcas": _("Más de una marca en la fila"),
    "varias_personas": _("Varias personas en una celda"),
    "documento_de_otro_tipo": _("Otro tipo de documento"),
    "carne_mal_escrito": _("Carné mal escrito"),
    "dni_con_letras": _("DNI con letras o signos"),
    "dni_de_relleno": _("DNI de puros ceros"),
    "dni_sin_cero": _("DNI sin el cero"),
    "dni_de_otro_largo": _("DNI con números de más o de menos"),
    "con_titulo": _("Nombre con título"),
    "solo_iniciales": _("Nombre con iniciales"),
    "parecen_cambiados": _("Nombres y apellidos cambiados"),
    "asiento_desconocido": _("Asiento que no se conoce"),
    "asiento_dudoso": _("Asiento que puede ser más de uno"),
    "asiento_dos_veces": _("Asiento dado dos veces"),
    "asiento_no_aplica": _("Asiento que no se usa"),
    "distrito_desconocido": _("Distrito que no se conoce"),
    "distrito_dudoso": _("Distrito que puede ser más de uno"),
    "distrito_de_otra_provincia": _("Distrito de otra provincia"),
    "codigo_dudoso": _("Código de dos distritos"),
    "codigo_de_otro_distrito": _("Código de otro distrito"),
    "codigo_de_otro_esquema": _("Código de otro tipo"),
    "codigo_desconocido": _("Código que no se conoce"),
    "codigo_sin_cero": _("Código sin el cero"),
    "sin_instancia": _("Lugar sin instancia"),
    "atendida_por_otra": _("Lugar sin instancia propia"),
    "posible_repetida": _("Puede estar repetida"),
}


def nombre_del_campo(campo: str) -> str:
    return str(CAMPOS.get(campo, campo.replace("_", " ").capitalize()))


def nombre_del_motivo(motivo: str) -> str:
    """A kind of problem in a few words; of one without them, its column says enough."""
    campo, _punto, codigo = motivo.partition(".")
    if codigo in CODIGOS:
        return str(CODIGOS[codigo])
    if not campo:
        return str(_("Otros"))
    falta = codigo.startswith("falta")
    return _("Falta: %(campo)s") % {"campo": nombre_del_campo(campo)} if falta else nombre_del_campo(campo)
