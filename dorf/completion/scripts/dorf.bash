# Completes dorf in bash (3.2 and newer). Nothing that dorf answers is evaluated.
_dorf_completion() {
    local answer line code
    answer=$(_DORF_COMPLETE=complete_bash _DORF_LINE="${COMP_LINE:0:COMP_POINT}" \
        _DORF_BREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null)
    code=$?
    COMPREPLY=()
    if [ "$code" = 10 ]; then # a file
        compopt -o default 2>/dev/null ||
            while IFS= read -r line; do
                COMPREPLY+=("$line")
            done < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
    elif [ -n "$answer" ]; then
        while IFS= read -r line; do
            COMPREPLY+=("$line")
        done <<<"$answer"
    fi
}
complete -F _dorf_completion dorf
