"""The model writer: a language model rewords sections of the template's draft, from a closed list of what it may use.

Sentences of the criteria check, and sentences on a criterion, stay the template's: a model never words a verdict or a
policy's threshold. What it does write is checked sentence by sentence before it takes the place of anything.
"""
