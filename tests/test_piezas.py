"""The list of what the site is made of is that of the lock: the same packages, the same versions, what each needs."""

import json
import re
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
PIEZAS = json.loads((RAIZ / "docs" / "piezas.cdx.json").read_text("utf-8"))


def test_it_names_each_package_of_the_lock_and_its_version():
    candado = (RAIZ / "requirements-s3.txt").read_text("utf-8")
    fijadas = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", candado, re.MULTILINE)
    nombradas = {(pieza["name"], pieza["version"]) for pieza in PIEZAS["components"]}

    assert nombradas == set(fijadas), "make lock"
    assert len(fijadas) > 60


def test_each_is_named_as_other_tools_look_for_it_and_only_what_is_there_is_needed():
    suyas = {pieza["bom-ref"] for pieza in PIEZAS["components"]} | {PIEZAS["metadata"]["component"]["bom-ref"]}

    assert PIEZAS["bomFormat"] == "CycloneDX"
    for pieza in PIEZAS["components"]:
        assert pieza["purl"] == f"pkg:pypi/{pieza['name']}@{pieza['version']}"
    for de_una in PIEZAS["dependencies"]:
        assert {de_una["ref"], *de_una.get("dependsOn", ())} <= suyas
