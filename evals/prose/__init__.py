"""How much of a language model's prose survives the guards, and what it costs."""
