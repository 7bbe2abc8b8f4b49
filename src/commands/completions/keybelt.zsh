#compdef keybelt
# Completion of keybelt's commands, options and values for zsh.
_keybelt() {
    local line
    local -a found
    for line in "${(@f)$(command keybelt complete -- "${(@Q)words[1,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        local value=${line%%$'\t'*}
        if [[ $line == *$'\t'* ]]; then
            found+=("${value//:/\\:}:${line#*$'\t'}")
        else
            found+=("${value//:/\\:}")
        fi
    done
    _describe -V keybelt found
}
if [[ ${funcstack[1]} == _keybelt ]]; then
    _keybelt "$@"
else
    compdef _keybelt keybelt
fi
