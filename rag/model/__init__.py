"""Language models: opened by name, called within limits, recorded and replayed. None is ever needed."""
