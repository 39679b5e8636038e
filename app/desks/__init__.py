"""What answers: one desk per tenant, switched to a changed corpus or index while it serves."""
