"""An article as a paginated PDF, made of the same blocks as its Markdown. Imported only when a PDF is asked for."""
