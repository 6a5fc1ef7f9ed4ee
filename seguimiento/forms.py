"""What staff write to make a document of figures."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from instancias.campos import CampoDeTexto
from marco.lineas import linea_limpia
from marco.motivos import LARGO_DEL_MOTIVO
from marco.otra_version import actos_con, que_avise
from marco.visibles import aviso_de_invisible

from .consultas.metas import Avance
from .papel_de_acta import MAXIMO_DE_ASISTENTES, MAXIMO_DEL_ACUERDO, Pedido
from .services.metas import MetaEscrita

DIAS_POR_DELANTE = 60
LARGO_DE_UN_NOMBRE = 120
LO_MAS_LEJOS = datetime.timedelta(days=2 * 366)  # a goal


class ActaForm(forms.Form):
    """Everything is optional: an acta may be made with one touch and filled by hand."""

    operacion = forms.CharField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    sesion = forms.DateField(
        label=gettext_lazy("Fecha de la sesión"),
        help_text=gettext_lazy("Si el acta es de una sesión."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "k-entrada"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": gettext_lazy("Eso no es una fecha. Escríbala así: 30/09/2026.")},
    )
    acuerdo = forms.CharField(
        label=gettext_lazy("Acuerdos"),
        help_text=gettext_lazy(
            "Vacío, el papel deja líneas para escribirlos a mano. No ponga datos de casos ni de víctimas."
        ),
        required=False,
        max_length=MAXIMO_DEL_ACUERDO,
        widget=forms.Textarea(attrs={"rows": 4, "class": "k-entrada"}),
    )
    asistentes = forms.CharField(
        label=gettext_lazy("Quiénes asistieron"),
        help_text=gettext_lazy("Un nombre por línea, hasta 40. Vacío, el acta no lleva lista de asistencia."),
        required=False,
        max_length=MAXIMO_DE_ASISTENTES * (LARGO_DE_UN_NOMBRE + 2),
        widget=forms.Textarea(attrs={"rows": 4, "class": "k-entrada"}),
    )
    con_nombres = forms.BooleanField(
        label=gettext_lazy("Poner los nombres de quienes tienen certificado"),
        help_text=gettext_lazy("Quien lea el acta sabrá también quién no lo tiene. Sin marcar, no sale ningún nombre."),
        required=False,
    )

    def __init__(self, *args: Any, hoy: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hoy = hoy

    def clean_operacion(self) -> uuid.UUID:
        """What the page made for this form; of a form that lost it, another one."""
        try:
            return uuid.UUID(self.cleaned_data["operacion"])
        except ValueError:
            return uuid.uuid4()

    def clean_sesion(self) -> datetime.date | None:
        sesion = self.cleaned_data["sesion"]
        if sesion is not None and sesion > self.hoy + datetime.timedelta(days=DIAS_POR_DELANTE):
            raise ValidationError(_("La sesión puede ser hasta dentro de 60 días. Revise el año."))
        if sesion is not None and sesion.year < self.hoy.year - 5:
            raise ValidationError(_("Esa fecha es de hace más de cinco años. Revise el año."))
        return sesion

    def clean_acuerdo(self) -> str:
        lineas = [" ".join(linea.split()) for linea in self.cleaned_data["acuerdo"].splitlines()]
        texto = "\n".join(linea for linea in lineas if linea)
        if aviso := aviso_de_invisible(texto.replace("\n", " ")):
            raise ValidationError(aviso)
        return texto

    def clean_asistentes(self) -> tuple[str, ...]:
        lineas = [linea.strip() for linea in self.cleaned_data["asistentes"].splitlines()]
        nombres = [linea for linea in lineas if linea]
        if len(nombres) > MAXIMO_DE_ASISTENTES:
            frase = _("Son %(n)d nombres y caben 40. Ponga los demás en una lista aparte.")
            raise ValidationError(frase % {"n": len(nombres)})
        for numero, nombre in enumerate(nombres, 1):
            if len(nombre) > LARGO_DE_UN_NOMBRE:
                frase = _("La línea %(n)d tiene más de 120 letras: «%(leido)s…». Ponga un nombre por línea.")
                raise ValidationError(frase % {"n": numero, "leido": nombre[:40]})
        return tuple(_linea(numero, nombre) for numero, nombre in enumerate(nombres, 1))

    def pedido(self) -> Pedido:
        return Pedido(**{campo: self.cleaned_data[campo] for campo in self.fields})


def _linea(numero: int, nombre: str) -> str:
    try:
        return linea_limpia(nombre)
    except ValidationError as error:
        raise ValidationError(_("Línea %(n)d. %(aviso)s") % {"n": numero, "aviso": error.messages[0]}) from error


class CierreForm(forms.Form):
    al = forms.DateField(
        label=gettext_lazy("Último día que cuenta"),
        help_text=gettext_lazy("Un día que ya terminó. Para el cierre de un año, su 31 de diciembre."),
        widget=forms.DateInput(attrs={"type": "date", "class": "k-entrada"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": gettext_lazy("Elija el último día que cuenta."),
            "invalid": gettext_lazy("Eso no es una fecha. Escríbala así: 31/12/2026."),
        },
    )


class MetaForm(forms.Form):
    """The goal of a table: a share and a day, both or neither."""

    porcentaje = forms.IntegerField(
        label=gettext_lazy("Porcentaje"),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"class": "k-entrada k-entrada--numero"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Escriba un número entero de 1 a 100.")
        ),
    )
    para_el = forms.DateField(
        label=gettext_lazy("Para el"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "k-entrada"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": gettext_lazy("Eso no es una fecha. Escríbala así: 31/12/2026.")},
    )

    def __init__(self, *args: Any, avance: Avance, inicia: datetime.date, **kwargs: Any) -> None:
        iniciales = {"porcentaje": avance.porcentaje, "para_el": avance.para_el}
        super().__init__(*args, prefix=self.prefijo_de(avance.instancia.ubigeo), initial=iniciales, **kwargs)
        self.avance, self.inicia = avance, inicia
        for campo in self.fields.values():
            campo.label = _("%(rotulo)s, %(lugar)s") % {"rotulo": campo.label, "lugar": avance.instancia.nombre}
        que_avise(self, actos_con("seguimiento.metas", metas__has_key=avance.instancia.ubigeo))

    @staticmethod
    def prefijo_de(ubigeo: str) -> str:
        return f"m{ubigeo}"

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        porcentaje, para_el = datos.get("porcentaje"), datos.get("para_el")
        if not self.errors and porcentaje and not para_el:
            self.add_error("para_el", _("Escriba también para qué día es la meta."))
        if not self.errors and para_el and not porcentaje:
            self.add_error("porcentaje", _("Escriba también qué porcentaje quiere alcanzar, o borre la fecha."))
        if para_el and para_el < self.inicia:
            frase = _("Es anterior a la edición, que empezó el %(dia)s. Revise el año.")
            self.add_error("para_el", frase % {"dia": date_format(self.inicia)})
        elif para_el and "para_el" in self.changed_data:
            self._comprobar_el_dia(para_el)
        return datos

    def _comprobar_el_dia(self, para_el: datetime.date) -> None:
        """A new goal is for a day to come; one whose day passed stays as it was written."""
        hoy = self.avance.hoy
        if para_el < hoy:
            self.add_error("para_el", _("El %(dia)s ya pasó. Elija un día desde hoy.") % {"dia": date_format(para_el)})
        elif para_el > hoy + LO_MAS_LEJOS:
            frase = _("El %(dia)s queda a más de dos años. Revise el año.")
            self.add_error("para_el", frase % {"dia": date_format(para_el)})

    def escrita(self) -> MetaEscrita:
        datos, avance = self.cleaned_data, self.avance
        leida = (avance.porcentaje, avance.para_el)
        return MetaEscrita(avance.instancia.ubigeo, datos["porcentaje"], datos["para_el"], leida)


class LectorForm(forms.Form):
    """A key for another system: of whom, of which place, until when."""

    operacion = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    nombre = CampoDeTexto(
        label=gettext_lazy("¿Quién va a leer?"),
        help_text=gettext_lazy(
            "La entidad y su sistema, no una persona. Ejemplo: «Municipalidad, tablero de control»."
        ),
        max_length=80,
        error_messages={"required": gettext_lazy("Escriba qué entidad o qué sistema va a leer.")},
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off"}),
    )
    ubigeo = forms.ChoiceField(
        label=gettext_lazy("¿De qué lugar?"),
        help_text=gettext_lazy("Leerá las cifras de ese lugar y de lo que contiene, y nada más."),
        widget=forms.Select(attrs={"class": "k-entrada"}),
        error_messages={"invalid_choice": gettext_lazy("Ese lugar no es de su zona. Elija uno de la lista.")},
    )
    vence_el = forms.DateField(
        label=gettext_lazy("¿Hasta qué día?"),
        help_text=gettext_lazy("Hasta un año. Ese día todavía sirve."),
        widget=forms.DateInput(attrs={"type": "date", "class": "k-entrada"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": gettext_lazy("Elija el último día en que servirá la clave."),
            "invalid": gettext_lazy("Eso no es una fecha. Escríbala así: 31/12/2026."),
        },
    )

    def __init__(self, *args: Any, lugares: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campo = self.fields["ubigeo"]
        campo.choices = list(lugares)  # type: ignore[attr-defined]


class ResumenForm(forms.Form):
    correo = forms.EmailField(
        label=gettext_lazy("Su correo"),
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "k-entrada", "autocomplete": "email", "autocapitalize": "none"}),
        error_messages={
            "required": gettext_lazy("Escriba su correo."),
            "invalid": gettext_lazy("Escriba un correo como nombre@ejemplo.pe."),
        },
    )


class AnularDocumentoForm(forms.Form):
    motivo = CampoDeTexto(
        label=gettext_lazy("¿Por qué se anula?"),
        help_text=gettext_lazy("Una oración. Queda registrada y no se publica."),
        max_length=LARGO_DEL_MOTIVO,
        error_messages={"required": gettext_lazy("Escriba el motivo, en una oración.")},
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off"}),
    )
