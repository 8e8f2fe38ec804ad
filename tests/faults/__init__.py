"""The program stopped, or told that the disk fails, at each call that changes a file.

``python -m tests.faults 5000`` tries five thousand points; the suite tries a thousand.
"""
