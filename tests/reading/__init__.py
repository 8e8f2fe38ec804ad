"""The domain page read a second time, without a look at the program."""
