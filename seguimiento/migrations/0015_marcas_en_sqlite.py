"""Nothing of the tables: whoever brings SQLite to this edition migrates, and the marks are put after it (decision 47).

Another text of a trigger (``models.disparadores``) needs another migration like this one.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kuska_seguimiento", "0014_cortes_de_un_archivo")]
    operations = []
