"""What a person says about a call: note, outcome, tags. The note is kept while it is typed, the outcome is asked for
after a talk, and before the next press.
"""
