"""Makes the tables and one token, and prints it: `python -m benchmarks.ceiling.prepare`."""

import hashlib
import os
import secrets
import sys


def main() -> None:
    """Make everything in an empty database."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ceiling.settings"
    import django  # noqa: PLC0415 (reads the line above)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 (needs Django)

    from benchmarks.ceiling.models import Token  # noqa: PLC0415 (the same)

    call_command("migrate", run_syncdb=True, verbosity=0)
    token = secrets.token_hex(20)
    Token.objects.create(sha256=hashlib.sha256(token.encode()).hexdigest(), source="bench")
    sys.stdout.write(f"{token}\n")


if __name__ == "__main__":
    main()
