"""Forms of the staff: a person, the end of a membership."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.forms import NUMERICO, FormularioDelAula
from marco.models import AjustesDelAula
from marco.otra_version import actos_con, actos_de, que_avise

from .campos import CampoDeCarne, CampoDeDNI, CampoDeTexto, validar_sin_formula
from .models import Asiento, Instancia, Membresia, Persona
from .nombres_propios import CampoDeNombreEnFormulario
from .padron.diccionario.palabras import Opciones
from .politica import AlcanceEfectivo
from .services.asientos import asientos_ofrecidos, calidades_ocupadas
from .validators import validar_celular

ENTRADA = {"class": "k-entrada"}
AL_CORREGIR = ("instancias.corregir", "instancias.cambiar_celular", "instancias.cambiar_correo")
LEY = datetime.date(2015, 11, 23)  # the Ley N.° 30364: before it there was no table to sit at


class PalabraForm(FormularioDelAula):
    """A word of the lists and what it means: a kind of seat, a district or a quality, of those offered to a scope."""

    leida = CampoDeTexto(
        label=gettext_lazy("Palabra o frase"),
        help_text=gettext_lazy("Como la escriben las listas. No importan las mayúsculas ni las tildes."),
        max_length=120,
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba la palabra.")},
    )
    significa = forms.ChoiceField(
        label=gettext_lazy("Significa"),
        widget=forms.Select(attrs=ENTRADA),
        error_messages={
            "required": gettext_lazy("Elija qué significa."),
            "invalid_choice": gettext_lazy("Elija uno de los que se ofrecen."),
        },
    )

    def __init__(self, *args: Any, opciones: Opciones, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grupos = [
            (_("Calidad"), "calidad", ""),
            (_("Asiento de una instancia distrital"), "asiento", Instancia.Nivel.DISTRITAL.value),
            (_("Asiento de una instancia provincial"), "asiento", Instancia.Nivel.PROVINCIAL.value),
            (_("Distrito"), "distrito", ""),
        ]
        self.fields["significa"].choices = [
            ("", _("Elija")),
            *(
                (titulo, [(f"{clase} {nivel} {una.valor}", una.texto) for una in opciones.para(clase, nivel)])
                for titulo, clase, nivel in grupos
            ),
        ]

    def clean_significa(self) -> dict[str, str]:
        clase, nivel, significa = self.cleaned_data["significa"].split(" ")
        return {"clase": clase, "nivel": nivel, "significa": significa}


def campo_de_carne(**opciones: Any) -> CampoDeCarne:
    entrada = forms.TextInput(attrs={**ENTRADA, "autocomplete": "off", "autocapitalize": "characters"})
    return CampoDeCarne(
        label=gettext_lazy("Carné de extranjería"), max_length=20, required=False, widget=entrada, **opciones
    )


def _campo_de_institucion() -> CampoDeTexto:
    return CampoDeTexto(
        label=gettext_lazy("Institución"),
        help_text=gettext_lazy("La que nombra a quien ocupa el asiento. Puede quedar vacío."),
        max_length=160,
        required=False,
        validators=[validar_sin_formula],
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
    )


class DatosDePersonaForm(FormularioDelAula):
    """Name and phone of a person."""

    nombres = CampoDeNombreEnFormulario(
        label=gettext_lazy("Nombres"),
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba los nombres.")},
    )
    apellidos = CampoDeNombreEnFormulario(
        label=gettext_lazy("Apellidos"),
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba los apellidos.")},
    )
    celular = forms.CharField(
        label=gettext_lazy("Celular"),
        help_text=gettext_lazy("9 números. Puede quedar vacío."),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
    )

    def clean_celular(self) -> str:
        celular = re.sub(r"[\s\-()+]", "", self.cleaned_data["celular"])
        if celular.startswith("51") and len(celular) == 11:
            celular = celular[2:]
        if celular:
            validar_celular(celular)
        return celular


class DiaDelAsiento(forms.DateField):
    """A day on which somebody takes or leaves a seat. Left empty it means now."""

    default_error_messages = {"invalid": gettext_lazy("No se entiende la fecha. Escríbala así: 01/01/2027.")}

    def __init__(self, **kwargs: Any) -> None:
        entrada = forms.DateInput(format="%Y-%m-%d", attrs={**ENTRADA, "type": "date"})
        super().__init__(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"], widget=entrada, **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        dia = super().clean(value)
        hoy = timezone.localdate()
        if dia and not LEY <= dia <= hoy + datetime.timedelta(days=366):
            raise forms.ValidationError(_("Revise el año: la fecha puede ser hasta dentro de un año."), code="lejos")
        return dia


class CorregirPersonaForm(DatosDePersonaForm):
    """What may be corrected of somebody known: name, phone, and the DNI if that is the document."""

    field_order = ["documento", "nombres", "apellidos", "celular", "correo"]

    correo = forms.EmailField(
        label=gettext_lazy("Correo"),
        help_text=gettext_lazy("Solo si la persona prefiere recibir ahí su enlace. Puede quedar vacío."),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={**ENTRADA, "autocomplete": "off", "autocapitalize": "none"}),
    )
    documento = CampoDeDNI(
        label=gettext_lazy("DNI"),
        help_text=gettext_lazy("Cámbielo solo si se escribió mal: la persona entra con este número."),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, persona: Persona, **kwargs: Any) -> None:
        campos = ("documento", "nombres", "apellidos", "celular", "correo")
        super().__init__(*args, initial={campo: getattr(persona, campo) for campo in campos}, **kwargs)
        if persona.tipo_de_documento == Persona.Documento.CARNE_DE_EXTRANJERIA:
            ayuda = self.fields["documento"].help_text
            self.fields["documento"] = campo_de_carne(help_text=ayuda)
        elif persona.tipo_de_documento != Persona.Documento.DNI:
            del self.fields["documento"]
        if not (persona.correo or AjustesDelAula.actuales().correo_activo):
            del self.fields["correo"]  # what is used for nothing is not asked for
        que_avise(self, actos_de(persona, *AL_CORREGIR))


class EleccionDeAsiento(forms.ChoiceField):
    """Seats by their table. One that nobody opened yet has no number: it is known by its table, kind and place."""

    def ofrecer(self, asientos: Iterable[Asiento], ocupados: Mapping[int, Collection[str]]) -> None:
        """Offer these; of each, ``ocupados`` says the qualities that somebody holds today."""
        self.asientos = {self._clave(asiento): asiento for asiento in asientos}
        opciones = [
            (clave, f"{self._etiqueta(asiento)}{self._quien_esta(ocupados.get(asiento.pk, ()))}")
            for clave, asiento in self.asientos.items()
        ]
        self.choices = [("", gettext_lazy("Elija un asiento")), *opciones]

    def clean(self, value: Any) -> Asiento:
        return self.asientos[super().clean(value)]

    @staticmethod
    def _clave(asiento: Asiento) -> str:
        if asiento.pk:
            return str(asiento.pk)
        return f"abrir-{asiento.instancia_id}-{asiento.tipo.codigo}-{asiento.numero}"

    @staticmethod
    def _etiqueta(asiento: Asiento) -> str:
        return f"{asiento.instancia.territorio.nombre} · {asiento} ({asiento.tipo.cita})"

    @staticmethod
    def _quien_esta(calidades: Collection[str]) -> str:
        """Say before it is chosen what would be refused after everything is filled."""
        if len(calidades) > 1:
            return _(" · ya tiene titular y alterno/a")
        if not calidades:
            return ""
        return _(" · ya tiene titular") if Membresia.Calidad.TITULAR in calidades else _(" · ya tiene alterno/a")


class PersonaNuevaForm(DatosDePersonaForm):
    """A person and the seat they take, within the scope of whoever registers. One of the two documents is enough."""

    field_order = [
        "documento",
        "carne",
        "nombres",
        "apellidos",
        "celular",
        "asiento",
        "institucion",
        "calidad",
        "desde",
        "designacion",
    ]

    documento = CampoDeDNI(
        label=gettext_lazy("DNI"),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
    )
    carne = campo_de_carne(help_text=gettext_lazy("Es su documento para entrar y el que sale en su certificado."))
    asiento = EleccionDeAsiento(
        label=gettext_lazy("Asiento"),
        widget=forms.Select(attrs=ENTRADA),
        error_messages={
            "required": gettext_lazy("Elija el asiento."),
            "invalid_choice": gettext_lazy("Ese asiento ya no está en la lista. Elija otro."),
        },
    )
    institucion = _campo_de_institucion()
    calidad = forms.ChoiceField(
        label=gettext_lazy("Calidad"), choices=Membresia.Calidad.choices, widget=forms.RadioSelect, initial="titular"
    )
    desde = DiaDelAsiento(
        label=gettext_lazy("Desde"),
        help_text=gettext_lazy("Su primer día en el asiento. Si lo deja vacío, desde hoy."),
    )
    designacion = CampoDeTexto(
        label=gettext_lazy("Documento de designación"),
        help_text=gettext_lazy("Por ejemplo: Oficio 012-2026. Puede quedar vacío."),
        max_length=120,
        required=False,
        validators=[validar_sin_formula],
        widget=forms.TextInput(attrs=ENTRADA),
    )

    def __init__(self, *args: Any, alcance: AlcanceEfectivo, instancia: Instancia | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ofrecidos = asientos_ofrecidos(alcance)
        if instancia:
            ofrecidos = [asiento for asiento in ofrecidos if asiento.instancia_id == instancia.pk]
        self.fields["asiento"].ofrecer(ofrecidos, calidades_ocupadas(alcance, instancia))

    def clean(self) -> dict[str, Any]:
        datos = super().clean() or {}
        dni, carne = datos.get("documento"), datos.get("carne")
        if not self.errors.keys() & {"documento", "carne"}:
            if dni and carne:
                self.add_error("carne", _("Escriba uno solo: el DNI o el carné de extranjería."))
            elif not dni and not carne:
                self.add_error("documento", _("Escriba el DNI con sus 8 números, o abajo el carné de extranjería."))
        return datos

    @property
    def del_documento(self) -> str:
        """The field where the document was typed: what is wrong with it is said there."""
        return "carne" if self["carne"].data else "documento"

    @property
    def registro(self) -> dict[str, Any]:
        """What ``registrar_persona`` takes."""
        datos = {campo: valor for campo, valor in self.cleaned_data.items() if campo != "carne"}
        if carne := self.cleaned_data["carne"]:
            datos |= {"documento": carne, "tipo_de_documento": Persona.Documento.CARNE_DE_EXTRANJERIA.value}
        return datos


class InstitucionForm(FormularioDelAula):
    """Of which institution a seat is."""

    institucion = _campo_de_institucion()

    def __init__(self, *args: Any, asiento: Asiento, **kwargs: Any) -> None:
        inicial = {"institucion": asiento.institucion.nombre if asiento.institucion else ""}
        super().__init__(*args, initial=inicial, **kwargs)
        que_avise(self, actos_con("instancias.corregir", institucion_del_asiento=asiento.pk))


class CeseForm(FormularioDelAula):
    """Why a membership ends."""

    motivo = CampoDeTexto(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Por ejemplo: cambio de autoridad. No escriba datos de casos ni de personas afectadas."),
        max_length=120,
        widget=forms.TextInput(attrs=ENTRADA),
        error_messages={"required": gettext_lazy("Escriba el motivo en pocas palabras.")},
    )
    ultimo_dia = DiaDelAsiento(
        label=gettext_lazy("Último día en el asiento"),
        help_text=gettext_lazy("Si lo deja vacío, lo entrega ahora y otra persona puede tomarlo hoy."),
    )
