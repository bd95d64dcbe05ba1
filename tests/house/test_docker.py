"""The containers agree with the settings and with the docs (platform.md, section 10)."""

import ast
import re
from typing import Any

import yaml

from tests.house.tree import ROOT

VARIABLE = re.compile(r"^[A-Z][A-Z0-9_]+$")
# Read by other programs in our containers, not by our settings.
FOREIGN_VARIABLES = {"POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD_FILE", "REMAP_SIGTERM"}


def settings_variables() -> set[str]:
    """Return the environment variables that the settings read, each with its _FILE twin where there is one."""
    names: set[str] = set()
    for path in (ROOT / "reviewdesk").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("env.") and node.args:
                name = getattr(node.args[0], "value", None)
                if isinstance(name, str) and VARIABLE.match(name):
                    names.add(name)
                    if ast.unparse(node.func) in {"env.secret", "env.key_uri"}:
                        names.add(f"{name}_FILE")
    return names


def services() -> dict[str, Any]:
    """Return what docker/compose.yml runs, by name."""
    return dict(compose()["services"])


def compose() -> dict[str, Any]:
    """Return docker/compose.yml as it is read."""
    return dict(yaml.safe_load((ROOT / "docker" / "compose.yml").read_text(encoding="utf-8")))


class TestCompose:
    def test_sets_only_what_the_settings_read(self) -> None:
        used = {name for service in services().values() for name in service.get("environment", {})}

        assert used - FOREIGN_VARIABLES - settings_variables() == set()

    def test_keeps_secrets_in_files(self) -> None:
        inline = {
            name
            for service in services().values()
            for name in service.get("environment", {})
            if re.search(r"(KEY|PASSWORD|TOKEN)$", name)
        }

        assert inline == set()

    def test_names_only_secrets_that_it_declares(self) -> None:
        declared = set(compose()["secrets"])

        asked = {name for service in services().values() for name in service.get("secrets", [])}
        assert asked == declared

    def test_name_the_database_versions_that_docker_runs(self) -> None:
        images = [service.get("image", "") for service in services().values()]
        postgres = next(image for image in images if image.startswith("postgres:"))
        valkey = next(image for image in images if image.startswith("valkey/valkey:"))
        text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")

        assert f"PostgreSQL {postgres.split(':')[1].split('-')[0].split('.')[0]}" in text
        assert f"Valkey {valkey.split(':')[1].split('-')[0].split('.')[0]}" in text
