"""The article as a component of the page: data in, no markup; every word is set as text."""
