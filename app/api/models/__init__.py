"""What the API is given and gives, beside the models of the core; one module for each group of routes."""
