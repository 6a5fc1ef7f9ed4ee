"""Roles of the editor with their days: they begin and end by themselves, whoever is looking and whoever is not."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from instancias.acceso.autenticacion import CuentasDelAula
from instancias.consultas import privilegios as consulta
from instancias.models import RevisionDePrivilegios, RolDado
from instancias.politica import NINGUNO, es_personal, manda_sobre
from instancias.services import privilegios, roles
from instancias.tasks import poner_roles_al_dia
from marco.errores import ErrorDeDominio
from tests import gente

pytestmark = pytest.mark.django_db
HOY = datetime.date(2026, 3, 2)
UN_DIA = datetime.timedelta(days=1)
NOCHE = datetime.datetime(2026, 3, 3, 4, 50, tzinfo=datetime.UTC)  # ten to midnight in Lima
LISTA, DAR = reverse("kuska_instancias:privilegios"), reverse("kuska_instancias:dar_rol")


@pytest.fixture
def reloj():
    with time_machine.travel(NOCHE, tick=False) as uno:
        yield uno


@pytest.fixture
def grupo():
    grupo = Group.objects.create(name="Escribe cursos")
    grupo.permissions.add(Permission.objects.get(codename="access_admin"))
    return grupo


@pytest.fixture
def cuenta():
    return gente.crear_cuenta("redacta")


def dar(cuenta, grupo, por, desde=HOY, hasta=HOY):
    return roles.dar_rol(cuenta=cuenta, grupo=grupo, desde=desde, hasta=hasta, por=por, ahora=timezone.now())


def codigo_al(acto, *partes, **campos):
    with pytest.raises(ErrorDeDominio) as error:
        acto(*partes, **campos)
    return error.value.codigo


def notas(cuenta):
    lineas = ModelLogEntry.objects.filter(object_id=str(cuenta.pk), action__endswith="_rol").order_by("pk")
    return list(lineas.values_list("action", flat=True))


def test_it_is_had_to_the_last_day_and_an_open_tab_loses_it_on_the_next(reloj, entrar, cuenta, grupo, administradora):
    dar(cuenta, grupo, administradora)
    cliente = entrar(cuenta)
    assert cliente.get("/admin/").status_code == 200
    reloj.shift(9 * 60)
    assert cliente.get("/admin/").status_code == 200  # a minute to midnight
    reloj.shift(2 * 60)

    respuesta = cliente.get("/admin/")
    assert respuesta.status_code == 302 and respuesta.url.startswith("/entrar")
    assert not cuenta.groups.exists() and RolDado.objects.get().terminado_en == timezone.now()
    cliente.get("/admin/")
    assert notas(cuenta) == ["instancias.dar_rol", "instancias.terminar_rol"]  # once
    assert es_personal(cuenta)  # who had rights keeps the long key


@pytest.mark.un_motor
def test_every_other_door_refuses_it_too(reloj, entrar, cuenta, grupo, administradora):
    dar(cuenta, grupo, administradora)
    cliente = entrar(cuenta)
    reloj.shift(11 * 60)
    # Nobody swept: what no request asks is refused by the permission itself.
    otra = get_user_model().objects.get(pk=cuenta.pk)
    assert otra.groups.exists() and not otra.has_perm("wagtailadmin.access_admin")
    lote = reverse("wagtail_bulk_action", args=[cuenta._meta.app_label, cuenta._meta.model_name, "assign_role"])
    assert cliente.post(f"{lote}?id={cuenta.pk}", {"role": grupo.pk}).status_code == 302
    assert not cuenta.groups.exists()


def test_it_begins_on_its_first_day_with_the_request(reloj, entrar, cuenta, grupo, administradora):
    dar(cuenta, grupo, administradora, desde=HOY + UN_DIA, hasta=HOY + UN_DIA)
    assert not cuenta.groups.exists()
    reloj.shift(11 * 60)
    assert entrar(cuenta).get("/admin/").status_code == 200
    assert notas(cuenta) == ["instancias.dar_rol", "instancias.empezar_rol"]


def test_the_sweep_begins_and_ends_for_those_who_do_not_come_in(reloj, entrar, cuenta, grupo, administradora):
    otra = gente.crear_cuenta("llega")
    sigue = gente.crear_cuenta("sigue")
    sigue.groups.add(grupo)  # given in another way: it has no days, and nothing ends it
    dar(cuenta, grupo, administradora)
    dar(otra, grupo, administradora, desde=HOY + UN_DIA, hasta=None)
    cliente = entrar(cuenta)
    assert cliente.get("/admin/").status_code == 200
    assert poner_roles_al_dia() == 0
    reloj.shift(11 * 60)
    assert poner_roles_al_dia() == 1
    assert set(grupo.user_set.all()) == {otra, sigue}
    assert cliente.get("/admin/").status_code == 302  # its sessions were closed
    assert poner_roles_al_dia() == 0


def test_only_who_administers_and_never_themselves(reloj, cuenta, grupo, administradora, cem_provincial):
    assert codigo_al(dar, cuenta, grupo, cem_provincial) == "no_le_toca"
    assert codigo_al(dar, administradora, grupo, administradora) == "no_le_toca"
    assert not RolDado.objects.exists()


@pytest.mark.un_motor
@pytest.mark.parametrize(("desde", "hasta"), [(0, -1), (-10, -5), (0, 5000)])
def test_days_that_make_no_sense_are_told(reloj, cuenta, grupo, administradora, desde, hasta):
    dias = {"desde": HOY + desde * UN_DIA, "hasta": HOY + hasta * UN_DIA}
    assert codigo_al(dar, cuenta, grupo, administradora, **dias) == "fechas"


def test_the_database_keeps_one_open_and_its_days_in_order(reloj, cuenta, grupo, administradora):
    dar(cuenta, grupo, administradora)
    datos = {"cuenta": cuenta, "dado_en": NOCHE, "desde": HOY}
    for malo in ({"grupo": grupo}, {"grupo": Group.objects.create(name="Otra"), "hasta": HOY - UN_DIA}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RolDado.objects.create(**datos, **malo)


def test_a_group_that_was_had_without_days_gets_them_and_they_may_change(reloj, cuenta, grupo, administradora):
    cuenta.groups.add(grupo)
    futuro = {"desde": HOY + UN_DIA, "hasta": None}
    assert codigo_al(dar, cuenta, grupo, administradora, **futuro) == "ya_lo_tiene"
    uno = dar(cuenta, grupo, administradora)
    assert dar(cuenta, grupo, administradora) == uno  # twice is once
    otro = dar(cuenta, grupo, administradora, hasta=HOY + 9 * UN_DIA)
    assert otro.pk == uno.pk and notas(cuenta) == ["instancias.dar_rol"] * 2
    reloj.shift(11 * 60)
    assert poner_roles_al_dia() == 0


def test_what_is_taken_away_ends_its_days_by_any_door(reloj, cuenta, grupo, administradora, cem_provincial):
    dar(cuenta, grupo, administradora, hasta=None)
    grupo.user_set.remove(cuenta)  # in the editor
    assert RolDado.objects.get().terminado_en
    dar(cuenta, grupo, administradora, desde=HOY + UN_DIA, hasta=None)  # not begun
    assert not manda_sobre(cem_provincial, cuenta, hoy=HOY)
    datos = {"cuenta": cuenta, "grupo": grupo, "por": administradora, "ahora": timezone.now()}
    assert privilegios.retirar_grupo(**datos) and not privilegios.retirar_grupo(**datos)
    reloj.shift(11 * 60)
    poner_roles_al_dia()
    assert not cuenta.groups.exists() and not RolDado.objects.abiertos().exists()


def test_nobody_pays_for_it(reloj, cuenta, grupo, administradora, integrante, presupuesto):
    """The statement that brings the account says whether a day came."""
    dar(cuenta, grupo, administradora, hasta=HOY + 9 * UN_DIA)
    for quien in (integrante.cuenta, cuenta):
        with presupuesto(1):
            leida = CuentasDelAula().get_user(quien.pk)
            assert roles.sigue_con_sus_roles(None, leida)


# On the panel.


@pytest.mark.un_motor
def test_from_the_panel_and_in_the_list_that_is_signed(reloj, territorio, entrar, cuenta, grupo, administradora):
    cliente = entrar(administradora)
    cuenta.groups.add(grupo)
    pagina = cliente.get(LISTA).text
    assert "Escribe cursos" in pagina and "sin fecha" in pagina
    assert f"{DAR}?quien=redacta&amp;grupo={grupo.pk}" in pagina
    assert 'value="redacta"' in cliente.get(f"{DAR}?quien=redacta&grupo={grupo.pk}").text

    datos = {"quien": "redacta", "grupo": grupo.pk, "desde": "2026-03-02", "hasta": "2026-03-01"}
    mala = cliente.post(DAR, datos).text
    assert "El último día no puede ser anterior" in mala and 'value="2026-03-01"' in mala
    assert "Elija el rol." in cliente.post(DAR, {**datos, "grupo": ""}).text
    assert cliente.post(DAR, {**datos, "hasta": "2026-04-30"}).url == LISTA
    assert "30 de abril de 2026" in cliente.get(LISTA).text

    vista = cliente.get(LISTA).context["vista"]
    firmada = privilegios.firmar_revision(vista=vista, por=administradora, ahora=timezone.now())
    dicho = {"rol": "Escribe cursos", "desde": "2026-03-02", "hasta": "2026-04-30"}
    assert dicho in [rol for fila in firmada.listado for rol in fila["grupos"]]
    pagina = cliente.get(reverse("kuska_instancias:revision_de_privilegios", args=[firmada.pk])).text
    assert "hasta el 30 de abril de 2026" in pagina and "Está como se firmó." in pagina


def test_a_review_of_before_is_still_read(entrar, administradora):
    fila = {"usuario": "ana", "grupos": ["Capacitadoras"], "alcances": [], "segundo_paso": []}
    una = RevisionDePrivilegios.objects.create(
        firmada_por=administradora, firmada_en=timezone.now(), listado=[fila], huella="0" * 64
    )
    pagina = entrar(administradora).get(reverse("kuska_instancias:revision_de_privilegios", args=[una.pk])).text
    assert "Rol del editor: Capacitadoras" in pagina and "sin fecha" in pagina


def test_who_will_have_a_role_is_listed_to_who_administers_alone(reloj, cuenta, grupo, administradora, cem_provincial):
    dar(cuenta, grupo, administradora, desde=HOY + UN_DIA, hasta=None)
    fila = next(
        una
        for una in consulta.listar(por=administradora, alcance=NINGUNO, ahora=timezone.now())
        if una.cuenta == cuenta
    )
    assert fila.roles[0].por_empezar
    assert not consulta.listar(por=cem_provincial, alcance=NINGUNO, ahora=timezone.now())
