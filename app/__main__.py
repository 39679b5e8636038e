"""``python -m app`` is ``guideline-qa``."""

from app.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
