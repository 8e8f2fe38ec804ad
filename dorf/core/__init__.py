"""The domain of dorf: values in, values out. `assess` is its one door.

Knows no file, no clock, no colour and no language.
"""
