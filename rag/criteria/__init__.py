"""The policy language and the pure decision: facts in, determination out. No model, no clock, no I/O."""
