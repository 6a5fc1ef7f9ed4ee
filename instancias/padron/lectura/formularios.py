"""Forms of a list: what is brought, what holds for all its rows, and what each of its columns says."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.forms import FormularioDelAula

from ...models import ImportacionDePadron, Instancia, Membresia
from ...politica import AlcanceEfectivo
from .columnas import ALTERNO, DE_LA_PERSONA, DEL_ASIENTO, TITULAR
from .encabezado import Columna
from .forma import lugar_de_supuestos, supuestos_de
from .supuestos import Supuestos

ENTRADA = {"class": "k-entrada"}
ACEPTA = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.txt,.tsv"
LISTA_PEGADA = gettext_lazy("Lista pegada")
NOMBRES = {
    "documento": gettext_lazy("DNI o documento"),
    "tipo_de_documento": gettext_lazy("Tipo de documento"),
    "nombres": gettext_lazy("Nombres"),
    "segundo_nombre": gettext_lazy("Segundo nombre"),
    "apellidos": gettext_lazy("Apellidos"),
    "apellido_paterno": gettext_lazy("Apellido paterno"),
    "apellido_materno": gettext_lazy("Apellido materno"),
    "nombres_y_apellidos": gettext_lazy("Nombres y apellidos juntos"),
    "apellidos_y_nombres": gettext_lazy("Apellidos y nombres juntos"),
    "nombre_completo": gettext_lazy("Nombre completo"),
    "celular": gettext_lazy("Celular"),
    "correo": gettext_lazy("Correo"),
    "asiento": gettext_lazy("Asiento o cargo en la instancia"),
    "numero": gettext_lazy("Número de asiento"),
    "calidad": gettext_lazy("Calidad: titular o alterno"),
    "institucion": gettext_lazy("Institución"),
    "cargo": gettext_lazy("Cargo en su institución"),
    "distrito": gettext_lazy("Distrito"),
    "provincia": gettext_lazy("Provincia"),
    "ubigeo": gettext_lazy("Código de distrito (ubigeo)"),
    "instancia": gettext_lazy("Instancia: provincial o distrital"),
    "designacion": gettext_lazy("Documento de designación"),
    "desde": gettext_lazy("Fecha de designación"),
    "asiento_marcado": gettext_lazy("Un asiento, marcado con X"),
    "calidad_marcada": gettext_lazy("Titular o alterno, marcado con X"),
}
# Of these a list may have several: they are joined, or the first that is not empty is taken.
PUEDEN_REPETIRSE = {
    "celular",
    "correo",
    "institucion",
    "designacion",
    "cargo",
    "asiento_marcado",
    "calidad_marcada",
}


class SupuestosForm(FormularioDelAula):
    """What holds for every row of a list that does not say it."""

    lugar = forms.ChoiceField(
        label=gettext_lazy("¿De dónde es la lista?"),
        help_text=gettext_lazy("Para las filas que no dicen su distrito."),
        required=False,
        widget=forms.Select(attrs=ENTRADA),
    )
    calidad = forms.ChoiceField(
        label=gettext_lazy("¿Son titulares o alternos?"),
        help_text=gettext_lazy("Para las filas que no lo dicen."),
        required=False,
        choices=[("", gettext_lazy("Lo dice la lista")), *Membresia.Calidad.choices],
        widget=forms.Select(attrs=ENTRADA),
    )
    desde = forms.DateField(
        label=gettext_lazy("¿Desde qué día ocupan el asiento?"),
        help_text=gettext_lazy("Para las filas sin fecha. Si queda vacío, desde hoy."),
        required=False,
        widget=forms.DateInput(attrs={**ENTRADA, "type": "date"}, format="%Y-%m-%d"),
    )
    completa_para = forms.MultipleChoiceField(
        label=gettext_lazy("¿Es la lista completa de alguna instancia?"),
        help_text=gettext_lazy(
            "Déjelo sin marcar si la lista trae solo a algunas personas: así nadie que falte en ella se retira."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, alcance: AlcanceEfectivo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instancias = alcance.instancias().select_related("territorio").order_by("territorio_id")
        lugares = [(una.territorio_id, _nombre(una)) for una in instancias]
        self.fields["lugar"].choices = [("", _("Lo dice la lista")), *lugares]
        self.fields["completa_para"].choices = lugares

    def clean_desde(self) -> datetime.date | None:
        desde = self.cleaned_data["desde"]
        if desde and not datetime.date(2015, 11, 23) <= desde <= datetime.date(2100, 1, 1):
            raise forms.ValidationError(_("Escriba un día desde el 23 de noviembre de 2015."))
        return desde

    def supuestos(self) -> Supuestos:
        datos = self.cleaned_data
        desde = datos["desde"].isoformat() if datos["desde"] else ""
        return supuestos_de(lugar=datos["lugar"], calidad=datos["calidad"], desde=desde)

    @staticmethod
    def iniciales(importacion: ImportacionDePadron) -> dict[str, Any]:
        """What was said when the list came, as the form shows it."""
        dichos = Supuestos.de_json(importacion.supuestos)
        return {
            "lugar": lugar_de_supuestos(dichos),
            "calidad": dichos.calidad,
            "desde": dichos.desde,
            "completa_para": importacion.completa_para,
        }


def _nombre(instancia: Instancia) -> str:
    if instancia.nivel == Instancia.Nivel.PROVINCIAL:
        return _("Instancia provincial de %(lugar)s") % {"lugar": instancia.territorio.nombre}
    return instancia.territorio.nombre


class PadronForm(SupuestosForm):
    """The list, as a file or pasted, and the scheme of its district codes."""

    archivo = forms.FileField(
        label=gettext_lazy("Archivo con la lista"),
        help_text=gettext_lazy("Excel (.xlsx o .xls), LibreOffice (.ods) o CSV."),
        required=False,
        widget=forms.FileInput(attrs={**ENTRADA, "accept": ACEPTA}),
        error_messages={
            "empty": gettext_lazy("El archivo está vacío. Elija la lista de integrantes y súbala otra vez."),
        },
    )
    pegado = forms.CharField(
        label=gettext_lazy("O pegue aquí las celdas"),
        help_text=gettext_lazy("Cópielas de una hoja de cálculo o de una tabla de Word, con sus títulos."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={**ENTRADA, "rows": 5, "spellcheck": "false", "autocomplete": "off"}),
    )
    esquema = forms.ChoiceField(
        label=gettext_lazy("Códigos de distrito de la lista"),
        help_text=gettext_lazy("INEI y RENIEC numeran distinto. Si la lista solo trae nombres, deje INEI."),
        choices=ImportacionDePadron.Esquema.choices,
        initial=ImportacionDePadron.Esquema.INEI,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        if "archivo" in self.errors:
            return datos
        archivo, pegado = datos.get("archivo"), (datos.get("pegado") or "").strip()
        if not archivo and not pegado:
            self.add_error("archivo", _("Elija el archivo con la lista, o pegue sus celdas abajo."))
        elif archivo and pegado:
            self.add_error("pegado", _("Suba un archivo o pegue celdas, no las dos cosas. Deje vacío este recuadro."))
        return datos

    def contenido(self, maximo: int) -> dict[str, Any]:
        """What was brought, as the reader of lists takes it."""
        archivo = self.cleaned_data.get("archivo")
        if archivo:
            # One byte over the limit is enough to refuse it: a huge file is never read whole.
            return {"nombre": archivo.name, "contenido": archivo.read(maximo + 1), "pegado": False}
        texto = self.cleaned_data["pegado"].encode("utf-8", "replace")
        return {"nombre": str(LISTA_PEGADA), "contenido": texto, "pegado": True}

    @property
    def campo_de_lo_traido(self) -> str:
        return "archivo" if self.cleaned_data.get("archivo") else "pegado"


class ColumnasForm(SupuestosForm):
    """What each column says, with what its heading suggests already chosen."""

    def __init__(self, *args: Any, columnas: list[Columna], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columnas = columnas
        opciones = _opciones()
        for numero, columna in enumerate(columnas):
            self.fields[f"columna-{numero}"] = forms.ChoiceField(
                label=columna.titulo or _("Columna %(letra)s, sin título") % {"letra": _letra(columna.indice)},
                help_text=_ejemplos(columna),
                choices=opciones,
                required=False,
                initial=columna.lectura.valor,
                widget=forms.Select(attrs=ENTRADA),
            )

    def campos_de_columnas(self) -> list[forms.BoundField]:
        return [self[f"columna-{numero}"] for numero in range(len(self.columnas))]

    def elegidas(self) -> dict[str, str]:
        return {columna.huella: self.cleaned_data[f"columna-{numero}"] for numero, columna in enumerate(self.columnas)}

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        elegidos = [datos.get(f"columna-{numero}", "") for numero in range(len(self.columnas))]
        veces = Counter(valor for valor in elegidos if valor and valor.rpartition(".")[2] not in PUEDEN_REPETIRSE)
        for numero, valor in enumerate(elegidos):
            if veces[valor] > 1:
                frase = _("Otra columna también dice «%(que)s». Elija una sola.")
                que = dict(_planas(_opciones())).get(valor, valor)
                self.add_error(f"columna-{numero}", frase % {"que": que})
        return datos


def _ejemplos(columna: Columna) -> str:
    if not columna.muestras:
        return _("Está vacía.")
    return _("Por ejemplo: %(celdas)s") % {"celdas": " · ".join(muestra[:40] for muestra in columna.muestras)}


def _letra(indice: int) -> str:
    letras = ""
    indice += 1
    while indice:
        indice, resto = divmod(indice - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


def _opciones() -> list[tuple[str, Any]]:
    de_persona = [(clave, str(NOMBRES[clave])) for clave in DE_LA_PERSONA]
    return [
        ("", _("No se usa")),
        (_("De la persona"), de_persona),
        (_("Del asiento"), [(clave, str(NOMBRES[clave])) for clave in DEL_ASIENTO]),
        (_("Del titular, si está al lado del alterno"), _de(TITULAR, _("Titular: %(que)s"), de_persona)),
        (_("Del alterno, si está al lado del titular"), _de(ALTERNO, _("Alterno: %(que)s"), de_persona)),
    ]


def _de(persona: str, frase: str, claves: list[tuple[str, str]]) -> list[tuple[str, str]]:
    otras = [(clave, str(NOMBRES[clave])) for clave in ("cargo", "designacion", "desde")]
    return [(f"{persona}.{clave}", frase % {"que": nombre}) for clave, nombre in [*claves, *otras]]


def _planas(opciones: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [par for grupo in opciones for par in (grupo[1] if isinstance(grupo[1], list) else [grupo])]
