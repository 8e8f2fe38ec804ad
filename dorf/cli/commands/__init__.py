"""The commands, a module for each subject; `dorf.cli.app` loads the one that runs."""
