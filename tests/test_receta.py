"""The README can be followed word by word: each block says where it goes, and names every room of the tree."""

from pathlib import Path

import pytest

from tests.sitio.receta import pasos, seccion

RAIZ = Path(__file__).resolve().parent.parent
SALAS = sorted(uno.parent.name for uno in RAIZ.glob("*/apps.py") if uno.parent.name != "cms")


def receta() -> dict[str, str]:
    return {paso.archivo: paso.texto for paso in pasos(seccion(RAIZ / "README.md", "In your own site")) if paso.archivo}


def test_each_room_is_installed_and_its_addresses_included():
    ajustes, direcciones = receta()["mysite/settings/base.py"], receta()["mysite/urls.py"]
    for sala in SALAS:
        assert f'"{sala}"' in ajustes
        assert f'"{sala}"' in direcciones or not (RAIZ / sala / "urls.py").exists()


def test_it_ends_with_the_site_running():
    ordenes = [paso.orden for paso in pasos(seccion(RAIZ / "README.md", "In your own site")) if paso.orden]
    assert ordenes[0].startswith("pip install kuska-") and ordenes[-1] == "python manage.py runserver"
    assert ordenes.index("python manage.py check") < ordenes.index("python manage.py migrate")


def test_a_block_that_does_not_say_where_it_goes_is_a_fault():
    with pytest.raises(ValueError, match="no dice en qué archivo"):
        list(pasos("Some words.\n\n```python\nX = 1\n```\n"))
    assert [paso.texto for paso in pasos("At the end of `a.py`:\n\n```python\nX = 1\n```\n")] == ["X = 1\n"]


def test_the_guide_of_the_plugin_can_be_followed_too():
    """A site otherwise made puts each block where it says (``tests/sitio/variantes.py``)."""
    assert all(paso.archivo or paso.orden for paso in pasos((RAIZ / "docs" / "plugin.md").read_text("utf-8")))
