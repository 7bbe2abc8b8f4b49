# Completion of keybelt's commands, options and values for bash 4 or newer.
_keybelt() {
    local line=${COMP_LINE:0:COMP_POINT} word prefix breaks=${COMP_WORDBREAKS//[^@:=]/}
    local -a words
    read -ra words <<<"$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    word=${words[-1]}
    # Bash replaces only what follows the last of its word breaks.
    prefix=
    [[ -n $breaks && $word == *[$breaks]* ]] && prefix=${word%"${word##*[$breaks]}"}
    COMPREPLY=()
    while IFS=$'\t' read -r word _; do
        COMPREPLY+=("${word#"$prefix"}")
    done < <(command keybelt complete -- "${words[@]}" 2>/dev/null)
    # A value that goes on, such as `--output=` or a directory, gets no blank behind it.
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[=/] ]] && compopt -o nospace
    return 0
}
complete -F _keybelt keybelt
