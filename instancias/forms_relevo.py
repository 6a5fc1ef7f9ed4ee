"""Forms of a change of authorities: what changes, and who follows on each seat."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.forms import NUMERICO, FormularioDelAula

from .campos import CampoDeDNI, CampoDeTexto, validar_sin_formula
from .consultas.relevo import FilaDeRelevo
from .forms_personal import ENTRADA, DatosDePersonaForm, DiaDelAsiento, campo_de_carne
from .models import Membresia, Persona, TipoDeAsiento
from .nombres_propios import CampoDeNombreEnFormulario
from .politica import AlcanceEfectivo
from .services.relevo import Cambio, Decision, Paso, Sucesor

DE_LA_PERSONA = ("nombres", "apellidos", "celular")
ESCRITO = ("documento", "carne", *DE_LA_PERSONA)
DE_QUE_CAMPO = {
    "documento_ajeno": "documento",
    "documento_de_otra_persona": "documento",
    "dos_nombres": "documento",
    "faltan_nombres": "nombres",
    "nombre": "nombres",
}


class ElegirRelevoForm(FormularioDelAula):
    """What changes: from which day, which kinds of seat, where."""

    desde = DiaDelAsiento(
        label=gettext_lazy("Primer día de quienes llegan"),
        help_text=gettext_lazy("Quien sale termina el día antes."),
    )
    tipo = forms.ModelMultipleChoiceField(
        queryset=TipoDeAsiento.objects.none(),
        label=gettext_lazy("Qué asientos cambian"),
        help_text=gettext_lazy("Si no marca ninguno, todos."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    lugar = forms.MultipleChoiceField(
        label=gettext_lazy("En qué instancias"),
        help_text=gettext_lazy("Si no marca ninguna, todas."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    calidad = forms.MultipleChoiceField(
        label=gettext_lazy("Quiénes"),
        choices=Membresia.Calidad.choices,
        initial=[Membresia.Calidad.TITULAR],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Marque titulares, alternos o los dos.")},
    )

    def __init__(self, *args: Any, alcance: AlcanceEfectivo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instancias = list(alcance.instancias().propias().select_related("territorio").order_by("territorio_id"))
        niveles = {instancia.nivel for instancia in instancias}
        self.fields["tipo"].queryset = TipoDeAsiento.objects.filter(hasta__isnull=True, nivel__in=niveles)
        self.fields["tipo"].label_from_instance = _nombre_del_tipo
        self.fields["lugar"].choices = [
            (instancia.territorio_id, _lugar(instancia.territorio.nombre, instancia.nivel)) for instancia in instancias
        ]

    def clean_desde(self) -> Any:
        if not self.cleaned_data["desde"]:
            raise ValidationError(_("Escriba el primer día de quienes llegan. Por ejemplo: 01/01/2027."))
        return self.cleaned_data["desde"]


def _nombre_del_tipo(tipo: TipoDeAsiento) -> str:
    return _lugar(tipo.corto, tipo.nivel)


def _lugar(nombre: str, nivel: str) -> str:
    return _("%(nombre)s (provincial)") % {"nombre": nombre} if nivel == "provincial" else nombre


class FilaDeRelevoForm(FormularioDelAula):
    """What becomes of one seat, and who comes."""

    que = forms.ChoiceField(label=gettext_lazy("Qué cambia"), widget=forms.Select(attrs=ENTRADA))
    documento = CampoDeDNI(
        label=gettext_lazy("DNI"),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
    )
    carne = campo_de_carne()
    nombres = CampoDeNombreEnFormulario(
        label=gettext_lazy("Nombres"), required=False, widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"})
    )
    apellidos = CampoDeNombreEnFormulario(
        label=gettext_lazy("Apellidos"),
        required=False,
        widget=forms.TextInput(attrs={**ENTRADA, "autocomplete": "off"}),
    )
    celular = forms.CharField(
        label=gettext_lazy("Celular"),
        max_length=15,
        required=False,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
    )
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, escrito: QueryDict | None, *, fila: FilaDeRelevo, revisar: bool) -> None:
        """``escrito``: what was sent of this row, if anything was. Without ``revisar`` it is only shown again."""
        self.fila, self.escrito = fila, escrito or {}
        inicial = {"que": Decision.SIGUE, "visto": "-".join(str(m.pk) for m in fila.salen)}
        prefijo = f"f{fila.clave}"
        inicial |= {campo: self.escrito.get(f"{prefijo}-{campo}", "") for campo in self.base_fields if escrito}
        super().__init__(escrito if revisar else None, prefix=prefijo, initial=inicial)
        self.fields["que"].choices = list(_decisiones(fila))

    clean_celular = DatosDePersonaForm.clean_celular

    def clean(self) -> dict[str, Any]:
        datos = super().clean()
        if datos.get("que") == Decision.PERSONA:
            self._exigir_un_documento(datos)
        elif self.nombra_a_alguien:
            self.add_error("que", _("Escribió a una persona: elija «Entra otra persona» o borre lo escrito."))
        return datos

    def _exigir_un_documento(self, datos: dict[str, Any]) -> None:
        if self.errors.keys() & {"documento", "carne"}:
            return
        if datos["documento"] and datos["carne"]:
            self.add_error("carne", _("Escriba uno solo: el DNI o el carné de extranjería."))
        elif not datos["documento"] and not datos["carne"]:
            self.add_error("documento", _("Escriba el DNI de quien entra, o su carné de extranjería."))

    @property
    def enviado(self) -> dict[str, str]:
        """What was sent of this row, by its whole name; nothing of who stays as they are."""
        todo = {nombre: self.escrito.get(nombre, "") for nombre in map(self.add_prefix, self.fields)}
        toca = self.nombra_a_alguien or todo[self.add_prefix("que")] not in ("", Decision.SIGUE)
        return {nombre: valor for nombre, valor in todo.items() if valor} if toca else {}

    @property
    def nombra_a_alguien(self) -> bool:
        return any(self.escrito.get(self.add_prefix(campo), "").strip() for campo in ESCRITO)

    @property
    def le_falta_el_apellido(self) -> bool:
        return bool(self.cleaned_data.get("nombres")) and not self.cleaned_data.get("apellidos")

    @property
    def cambio(self) -> Cambio:
        datos = self.cleaned_data
        sucesor = self._sucesor(datos) if datos["que"] == Decision.PERSONA else None
        vistas = frozenset(int(numero) for numero in re.findall(r"[0-9]{1,18}", datos["visto"]))
        return Cambio(self.fila.asiento.pk, self.fila.calidad, datos["que"], sucesor, vistas)

    @staticmethod
    def _sucesor(datos: dict[str, Any]) -> Sucesor:
        tipo = Persona.Documento.CARNE_DE_EXTRANJERIA if datos["carne"] else Persona.Documento.DNI
        de_la_persona = {campo: datos[campo] for campo in DE_LA_PERSONA}
        return Sucesor(datos["carne"] or datos["documento"], **de_la_persona, tipo_de_documento=tipo.value)

    def del_campo(self, campo: str) -> str:
        """The field where it was typed: of a document, whichever of the two."""
        if campo == "nombres" and self.le_falta_el_apellido:
            return "apellidos"
        return "carne" if campo == "documento" and self["carne"].data else campo


def _decisiones(fila: FilaDeRelevo) -> Iterator[tuple[str, str]]:
    yield Decision.SIGUE, Decision.SIGUE.label if fila.salen else _("Sigue vacante")
    yield Decision.PERSONA, Decision.PERSONA.label
    if fila.alterno:
        frase = _("Pasa a titular quien es alterno: %(nombre)s")
        yield Decision.ALTERNO, frase % {"nombre": fila.alterno.persona}
    if fila.salen:
        yield Decision.VACANTE, Decision.VACANTE.label


def asientos_escritos(datos: QueryDict) -> set[int]:
    """The seats of which something was sent: those of the screen, and those of other screens that go along."""
    return {int(suya[1]) for suya in map(re.compile(r"f([0-9]{1,18})[a-z]-que").fullmatch, datos) if suya}


class RelevoForm(FormularioDelAula):
    """A screen of seats: what all share, and a row for each; and the rows of other screens where something was typed,
    which go along unseen until they are confirmed.

    Without ``revisar``, what was sent is shown again as it is.
    """

    designacion = CampoDeTexto(
        label=gettext_lazy("Documento de designación"),
        help_text=gettext_lazy("Uno para todos los que entran. Por ejemplo: Oficio 012-2026. Puede quedar vacío."),
        max_length=120,
        required=False,
        validators=[validar_sin_formula],
        widget=forms.TextInput(attrs=ENTRADA),
    )
    operacion = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        escrito: QueryDict | None = None,
        *,
        filas: Iterable[FilaDeRelevo],
        de_la_pantalla: Collection[int],
        revisar: bool = True,
    ) -> None:
        self.escrito, self.de_la_pantalla = escrito or {}, de_la_pantalla
        de_todas = {campo: self.escrito[campo] for campo in self.base_fields if campo in self.escrito}
        super().__init__(escrito if revisar else None, initial={"operacion": uuid.uuid4(), **de_todas})
        # A row that was not sent is one that nobody touched: it stays as it is.
        self.filas = [
            FilaDeRelevoForm(escrito if f"f{fila.clave}-que" in self.escrito else None, fila=fila, revisar=revisar)
            for fila in filas
        ]

    def is_valid(self) -> bool:
        validas = [fila.is_valid() for fila in self.filas if fila.is_bound]
        return super().is_valid() and all(validas)

    @property
    def a_la_vista(self) -> list[FilaDeRelevoForm]:
        """The rows of the screen, and those of others that have to be mended."""
        return [fila for fila in self.filas if fila.fila.asiento.pk in self.de_la_pantalla or fila.errors]

    @property
    def de_otras(self) -> list[FilaDeRelevoForm]:
        vistas = {id(fila) for fila in self.a_la_vista}
        return [fila for fila in self.filas if id(fila) not in vistas and fila.enviado]

    @property
    def llevado(self) -> list[tuple[str, str]]:
        """What was typed on other screens."""
        return [par for fila in self.de_otras for par in fila.enviado.items()]

    @property
    def que_cambian(self) -> list[FilaDeRelevoForm]:
        return [fila for fila in self.filas if fila.is_bound and fila.cleaned_data["que"] != Decision.SIGUE]

    def senalar(self, pasos: Iterable[Paso]) -> None:
        """Put each problem of the plan in its row."""
        por_turno = {(fila.fila.asiento.pk, fila.fila.calidad): fila for fila in self.filas}
        for paso in pasos:
            fila = por_turno[paso.asiento.pk, paso.calidad]
            fila.add_error(fila.del_campo(DE_QUE_CAMPO.get(paso.codigo, "que")), paso.problema)

    @property
    def problemas(self) -> list[dict[str, str]]:
        """What the box above says: where, what, and the field to go to."""
        propios = [
            {"texto": error, "ancla": self[campo].id_for_label} for campo in self.errors for error in self.errors[campo]
        ]
        return propios + [
            {
                "texto": f"{fila.fila.asiento.instancia.territorio} · {fila.fila.asiento}: {error}",
                "ancla": fila[campo].id_for_label,
            }
            for fila in self.filas
            for campo, errores in fila.errors.items()
            for error in errores
        ]

    @property
    def enviado(self) -> list[tuple[str, str]]:
        """What was typed of the rows that change, to be confirmed once without being typed again.

        Each time that it is shown it is another act: whoever goes back and changes something confirms something else.
        """
        propios = [("designacion", self.escrito.get("designacion", "")), ("operacion", str(uuid.uuid4()))]
        return propios + [par for fila in self.que_cambian for par in fila.enviado.items()]
