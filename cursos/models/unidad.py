import swapper
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..querysets import UnidadQuerySet

swapper.set_app_prefix("wagtailcore", "wagtail")


class Unidad(models.Model):
    """The durable shadow of a page: what evidence points at. It survives the page.

    A course is the root (``curso`` empty); everything that can be completed hangs from it. ``numero`` is the short
    key of the direct addresses (``/c/3/2``), unique inside its course and never used again. ``variante`` is for the
    kind to tell its own sorts apart. ``modulo`` is what its module is called and ``clave_del_modulo`` which one it is,
    0 outside of any: two may be called the same. ``asientos`` are the codes of the kinds of seat it is for, as
    published; with any it is a route: read by who wants to, never asked for. ``revision`` of a course grows whenever
    what it shows changes: cached pieces carry it in their key. What is retired is no longer asked for, unless it is
    ``en_pausa``: out of sight and still asked, until a person decides. ``decision`` is the last one taken while it was
    away. ``pagina_recordada`` outlives the link to the page: one that is moved away and back is the same unit.
    ``segundos`` is counted from its words and questions; ``segundos_medidos``, from what people took, once ten
    finished it as it is since ``se_mide_desde``; of a course, since when its parts are told as they are now.
    """

    class Clase(models.TextChoices):
        """The root. The other keys are of the kinds that are registered (``clases``)."""

        CURSO = "curso", _("Curso")

    clase = models.CharField(_("clase"), max_length=20)
    variante = models.CharField(_("variante"), max_length=20, blank=True)
    curso = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="unidades", verbose_name=_("curso")
    )
    numero = models.PositiveIntegerField(_("número"))
    titulo = models.CharField(_("título publicado"), max_length=255)
    modulo = models.CharField(_("módulo"), max_length=255, blank=True)
    clave_del_modulo = models.PositiveBigIntegerField(_("identidad del módulo"), default=0)
    orden = models.PositiveIntegerField(_("orden"), default=0)
    pasos = models.PositiveSmallIntegerField(_("pasos"), default=0)
    ids_de_pasos = models.JSONField(_("identificadores de sus pasos"), default=list, blank=True)
    segundos = models.PositiveIntegerField(_("segundos en pantalla"), default=0)
    segundos_medidos = models.PositiveIntegerField(_("segundos que toma a las personas"), null=True, blank=True)
    se_mide_desde = models.DateTimeField(_("se mide desde"), null=True, blank=True)
    obligatoria = models.BooleanField(_("cuenta para terminar"), default=True)
    asientos = models.JSONField(_("para los asientos"), default=list, blank=True)
    pagina = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="unidad",
        verbose_name=_("página"),
    )
    pagina_recordada = models.PositiveBigIntegerField(_("última página"), null=True, blank=True, editable=False)
    retirada_en = models.DateTimeField(_("retirada"), null=True, blank=True)
    retirada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("retirada por"),
    )
    en_pausa = models.BooleanField(_("se sigue pidiendo aunque no se vea"), default=False)
    decision = models.ForeignKey(
        "kuska_cursos.DecisionDeRetiro",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decisión"),
    )
    revision = models.PositiveIntegerField(_("revisión del contenido"), default=0)

    objects = UnidadQuerySet.as_manager()

    class Meta:
        verbose_name = _("unidad")
        verbose_name_plural = _("unidades")
        ordering = ["orden", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["curso", "numero"], name="unidad_numero_unico_en_su_curso"),
            models.UniqueConstraint(
                fields=["numero"], condition=models.Q(curso__isnull=True), name="unidad_numero_de_curso_unico"
            ),
            models.CheckConstraint(
                name="unidad_raiz_es_curso",
                condition=models.Q(clase="curso", curso__isnull=True) | ~models.Q(clase="curso"),
            ),
        ]

    def __str__(self) -> str:
        return self.titulo

    @property
    def a_la_vista(self) -> bool:
        """Whether its page is published: ``UnidadQuerySet.vigentes`` asks the same."""
        return self.retirada_en is None and self.pagina_id is not None

    @property
    def toma(self) -> int:
        """Seconds that people are told it takes."""
        return self.segundos if self.segundos_medidos is None else self.segundos_medidos

    def get_absolute_url(self) -> str:
        """Direct address: it says numbers, never the subject."""
        if self.curso_id is None:
            return reverse("kuska_cursos:curso", args=[self.numero])
        return reverse("kuska_cursos:unidad", args=[self.curso.numero, self.numero])


class VersionDeCurso(models.Model):
    """What had to be done to finish the course, as published on a day. People keep the version they work under.

    ``vigente`` is the one for whoever starts now. ``origen`` is what it replaces. A version made only because a unit
    was retired (``SIN_LO_RETIRADO``) asks for what its origin asks less that unit, and gives way to it when the unit
    comes back. ``decidida_en`` is empty while nobody has said what to do with those already under way: until then
    they are kept as they are.
    """

    class Trato(models.TextChoices):
        CONSERVAR = "conservar", _("Dejar como está a quienes ya empezaron")
        PEDIR_LO_NUEVO = "pedir_lo_nuevo", _("Pedir la parte nueva a quienes no han terminado")
        SIN_LO_RETIRADO = "sin_lo_retirado", _("Dejar de pedir lo que se retiró")

    curso = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="versiones", verbose_name=_("curso"))
    numero = models.PositiveIntegerField(_("número"))
    titulo = models.CharField(_("título"), max_length=255)
    horas = models.PositiveSmallIntegerField(_("horas"))
    huella = models.CharField(_("huella"), max_length=64)
    trato = models.CharField(_("quienes ya empezaron"), max_length=16, choices=Trato.choices, default=Trato.CONSERVAR)
    requisitos = models.ManyToManyField(Unidad, through="RequisitoDeVersion", related_name="+")
    creada_en = models.DateTimeField(_("creada"))
    creada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("creada por")
    )
    vigente = models.BooleanField(_("vigente"), default=False)
    origen = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("viene de")
    )
    decidida_en = models.DateTimeField(_("decidida"), null=True, blank=True)
    decidida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decidida por"),
    )

    class Meta:
        verbose_name = _("versión de curso")
        verbose_name_plural = _("versiones de curso")
        ordering = ["curso_id", "-numero"]
        constraints = [
            models.UniqueConstraint(fields=["curso", "numero"], name="version_numero_unico_en_su_curso"),
            models.UniqueConstraint(
                fields=["curso"], condition=models.Q(vigente=True), name="version_vigente_unica_en_su_curso"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titulo} v{self.numero}"


class RequisitoDeVersion(models.Model):
    """A unit that a version asks for: a row, because it is counted."""

    version = models.ForeignKey(VersionDeCurso, on_delete=models.CASCADE, related_name="filas")
    unidad = models.ForeignKey(Unidad, on_delete=models.PROTECT, related_name="+")
    orden = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("requisito de versión")
        verbose_name_plural = _("requisitos de versión")
        ordering = ["orden"]
        constraints = [models.UniqueConstraint(fields=["version", "unidad"], name="requisito_unico_en_su_version")]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.unidad_id}"
