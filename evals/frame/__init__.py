"""What every suite is built on: items, methods, metrics, figures, and the report they make together."""
