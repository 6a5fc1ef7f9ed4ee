"""The tests themselves: a browser empties no table for those that come after it."""

import pytest
from wagtail.models import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("vez", [1, 2, 3])
def test_each_test_with_a_browser_finds_what_the_migrations_wrote(pagina, vez):
    pagina.goto("/entrar")
    assert Page.objects.filter(depth=1).exists()
