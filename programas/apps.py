from django.utils.translation import gettext_lazy as _

from marco.sala import Sala


class ProgramasConfig(Sala):
    default = True
    name = "programas"
    label = "kuska_programas"
    verbose_name = _("Programas")
    sobre = ("marco", "instancias", "cursos", "evaluaciones", "certificados")
