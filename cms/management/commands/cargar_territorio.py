from pathlib import Path

from instancias.management.commands import cargar_territorio

PILOTO = Path(__file__).resolve().parents[2] / "programa" / "leoncio-prado" / "territorio.yaml"


class Command(cargar_territorio.Command):
    """The command of the rooms, with the territory of this site when no other is named."""

    def add_arguments(self, parser) -> None:
        parser.add_argument("archivo", nargs="?", type=Path, default=PILOTO)
