"""Forms of the door and of one's own account."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marco.forms import NUMERICO, FormularioDelAula

from ..declarados import OPCIONES, PREGUNTAS
from .services.entrada import LARGO_MAXIMO, normalizar_identificador


def _campo_de_clave(etiqueta: Any, falta: Any, *, nueva: bool, ayuda: Any = "") -> forms.CharField:
    return forms.CharField(
        label=etiqueta,
        help_text=ayuda,
        strip=False,
        max_length=4 * LARGO_MAXIMO,
        widget=forms.PasswordInput(
            attrs={
                "class": "k-entrada",
                "autocomplete": "new-password" if nueva else "current-password",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": falta},
    )


class EntrarForm(FormularioDelAula):
    identificador = forms.CharField(
        label=gettext_lazy("DNI o código"),
        max_length=LARGO_MAXIMO,
        widget=forms.TextInput(
            attrs={
                **NUMERICO,
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("Escriba su DNI o su código.")},
    )
    clave = _campo_de_clave(gettext_lazy("Clave"), gettext_lazy("Escriba su clave."), nueva=False)
    compartido = forms.BooleanField(
        label=gettext_lazy("Este celular lo usa otra persona"),
        help_text=gettext_lazy("Cerramos su sesión a los 20 minutos y no guardamos nada aquí."),
        required=False,
    )

    def __init__(self, *args: Any, letras: bool = False, se_sabe_quien: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if se_sabe_quien:
            del self.fields["identificador"]
        elif letras:
            self.fields["identificador"].widget.attrs.update({"inputmode": "text", "class": "k-entrada"})

    def clean_identificador(self) -> str:
        texto = normalizar_identificador(self.cleaned_data["identificador"])
        if re.fullmatch(r"\d{1,7}", texto):
            raise forms.ValidationError(_("El DNI tiene 8 números. Revise si falta alguno."), code="dni")
        return texto


class EnlaceForm(FormularioDelAula):
    """The button of a personal link."""

    compartido = EntrarForm.base_fields["compartido"]


class TarjetaForm(FormularioDelAula):
    documento = forms.CharField(
        label=gettext_lazy("DNI o código"),
        max_length=40,
        widget=forms.TextInput(attrs={**NUMERICO, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba su DNI o su código.")},
    )
    codigo = forms.CharField(
        label=gettext_lazy("Código de la tarjeta"),
        help_text=gettext_lazy("Tiene 10 números y letras, por ejemplo 7K3M-9XQ2-4T."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "k-entrada k-entrada--numero",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": gettext_lazy("Escriba el código de su tarjeta.")},
    )


class CrearClaveForm(FormularioDelAula):
    clave = _campo_de_clave(
        gettext_lazy("Clave nueva"),
        gettext_lazy("Escriba la clave que va a usar."),
        nueva=True,
        ayuda=gettext_lazy("8 números o letras, o más. No use su DNI, una fecha ni 12345678."),
    )


class CambiarClaveForm(FormularioDelAula):
    actual = _campo_de_clave(
        gettext_lazy("Clave de ahora"), gettext_lazy("Escriba la clave que usa ahora."), nueva=False
    )
    nueva = _campo_de_clave(gettext_lazy("Clave nueva"), gettext_lazy("Escriba la clave que va a usar."), nueva=True)

    def __init__(self, *args: Any, minimo: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nueva"].help_text = _(
            "%(minimo)d números o letras, o más. No use su DNI, una fecha ni 12345678."
        ) % {"minimo": minimo}


def _campo_de_codigo(ayuda: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Código"),
        help_text=ayuda,
        max_length=40,
        required=False,
        widget=forms.TextInput(
            attrs={
                "class": "k-entrada k-entrada--numero",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class SegundoPasoForm(FormularioDelAula):
    """A code, or what a machine signed (written by the script of the page)."""

    k_codigo = _campo_de_codigo(
        gettext_lazy("Los 6 números que muestra su aplicación, o un código de su hoja impresa.")
    )
    k_firma = forms.CharField(required=False, max_length=8000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        datos: dict[str, Any] = super().clean() or {}
        if "k_codigo" in self.fields and not datos.get("k_codigo") and not datos.get("k_firma"):
            self.add_error("k_codigo", _("Escriba el código."))
        return datos


class ConfirmarClaveForm(SegundoPasoForm):
    """Asked again before an act. Its names are of no other form: they travel with what the act sent."""

    k_clave = _campo_de_clave(gettext_lazy("Su clave"), gettext_lazy("Escriba su clave."), nueva=False)

    def __init__(self, *args: Any, con_factor: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not con_factor:
            del self.fields["k_codigo"], self.fields["k_firma"]


class PonerAplicacionForm(FormularioDelAula):
    codigo = _campo_de_codigo(gettext_lazy("Los 6 números que muestra la aplicación ahora."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codigo"].required = True
        self.fields["codigo"].error_messages["required"] = _("Escriba el código.")
        self.fields["codigo"].widget.attrs["inputmode"] = "numeric"


class PonerEquipoForm(FormularioDelAula):
    nombre = forms.CharField(
        label=gettext_lazy("Nombre del equipo"),
        help_text=gettext_lazy("Para reconocerlo después. Por ejemplo: «Computadora de la oficina»."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba un nombre para el equipo.")},
    )
    k_firma = forms.CharField(max_length=8000, required=False, widget=forms.HiddenInput)


class QuitarFactorForm(FormularioDelAula):
    motivo = forms.CharField(
        label=gettext_lazy("Por qué se quita"),
        help_text=gettext_lazy("La persona lo leerá. Por ejemplo: «Perdió su celular y su hoja»."),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Escriba por qué se quita.")},
    )


class CelularForm(FormularioDelAula):
    celular = forms.CharField(
        label=gettext_lazy("Celular"),
        help_text=gettext_lazy("9 números. Deje el espacio vacío si no quiere que lo tengamos."),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={**NUMERICO, "inputmode": "tel", "autocomplete": "tel-national"}),
    )


class CorreoForm(FormularioDelAula):
    correo = forms.EmailField(
        label=gettext_lazy("Correo"),
        help_text=gettext_lazy("Si prefiere recibir ahí su enlace para entrar. Déjelo vacío si no quiere."),
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"class": "k-entrada", "autocomplete": "email", "autocapitalize": "none"}),
    )


class DeclararForm(FormularioDelAula):
    """One question about oneself, that nobody has to answer."""

    valor = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Elija una de las respuestas.")),
    )

    def __init__(self, *args: Any, campo: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valor"].label = PREGUNTAS[campo]
        self.fields["valor"].choices = OPCIONES[campo]
