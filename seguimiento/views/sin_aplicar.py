"""What came from phones and could not be applied: who, what and why, until somebody notes it."""

from __future__ import annotations

from django.contrib import messages as avisos
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cursos.services.paquetes import anotar
from instancias import rastro
from instancias.acceso.guardas import del_panel, personal_requerido
from marco.numeros import MAYOR, entero_de

from ..consultas.sin_aplicar import en_palabras, por_anotar

POR_PAGINA = 25


@require_safe
@personal_requerido
def lista(request: HttpRequest) -> HttpResponse:
    pagina = Paginator(por_anotar(request.alcance), POR_PAGINA).get_page(request.GET.get("pagina"))
    filas = en_palabras(pagina.object_list)
    rastro.se_vio(request, [fila.persona.pk for fila in filas])
    contexto = {"pagina": pagina, "filas": filas, "seccion": "recordar"}
    return render(request, "kuska/seguimiento/sin_aplicar.html", contexto)


@require_POST
@personal_requerido
def anotado(request: HttpRequest) -> HttpResponse:
    pk = entero_de(request.POST.get("paquete", "")) or 0
    suyo = get_object_or_404(por_anotar(request.alcance), pk=min(pk, MAYOR))
    anotar(paquete=suyo, por=request.user, ahora=timezone.now())
    avisos.success(request, _("Anotado. Ya no aparece en la lista."))
    return redirect(del_panel(request.POST.get("volver", "")) or reverse("kuska_seguimiento:sin_aplicar"))
