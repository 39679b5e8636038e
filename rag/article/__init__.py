"""The answer's shape, its writers and its renderers: determination and passages in, article out."""
