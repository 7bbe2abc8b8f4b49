# Completion of keybelt's commands, options and values for fish.
complete --keep-order --exclusive --command keybelt --arguments "(command keybelt complete -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token) 2>/dev/null)"
