"""Who may do what: scopes, principals, API keys, and tokens of trusted issuers."""
