from django import forms
from django.utils.translation import gettext_lazy as _

from certificados.services.actos import MAXIMO_DEL_NOMBRE
from instancias.campos import CampoDeTexto
from instancias.nombres_propios import CampoDeNombreEnFormulario
from marco.motivos import LARGO_DEL_MOTIVO


class VerificarForm(forms.Form):
    codigo = forms.CharField(
        label=_("Código"),
        help_text=_("Está abajo, a la derecha. Por ejemplo: 7K3M-9XQ2-4T"),
        max_length=40,
        error_messages={"required": _("Escriba el código que está en el papel.")},
        widget=forms.TextInput(
            attrs={
                "class": "k-entrada k-codigo",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    documento = forms.CharField(
        label=_("DNI que está en el papel"),
        help_text=_("En un acta, o en el certificado de una instancia: su número de registro."),
        max_length=20,
        error_messages={"required": _("Escriba el DNI que está en el papel, o su número de registro.")},
        # No numeric keyboard: the paper may carry a code with letters.
        widget=forms.TextInput(attrs={"class": "k-entrada k-entrada--numero", "autocomplete": "off"}),
    )


class AnularForm(forms.Form):
    motivo = CampoDeTexto(
        label=_("¿Por qué se anula?"),
        help_text=_("Una oración. Queda registrada y no se publica."),
        max_length=LARGO_DEL_MOTIVO,
        error_messages={"required": _("Escriba el motivo, en una oración.")},
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off"}),
    )


class CorregirForm(AnularForm):
    nombre = CampoDeNombreEnFormulario(
        label=_("Nombres y apellidos, como deben salir"),
        max_length=MAXIMO_DEL_NOMBRE,
        error_messages={"required": _("Escriba los nombres y apellidos.")},
        widget=forms.TextInput(attrs={"class": "k-entrada", "autocomplete": "off"}),
    )
    field_order = ["nombre", "motivo"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motivo"].label = _("¿Qué se corrige?")
