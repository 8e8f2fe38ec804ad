#compdef dorf
# Completes dorf in zsh. Nothing that dorf answers is evaluated.
_dorf_completion() {
    local answer code
    local -a found
    answer=$(_DORF_COMPLETE=complete_lines \
        _DORF_LINE="${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" dorf 2>/dev/null)
    code=$?
    if (( code == 10 )); then
        compset -P '--*='
        _files
    elif [[ -n $answer ]]; then
        found=("${(@f)answer}")
        compadd -U -- "${found[@]}"
        # Names that are spelled in another way than what was typed: it stays until one is chosen.
        if (( $#found > 1 )) && [[ -n $PREFIX && -z ${(M)compstate[unambiguous]:#${(Q)PREFIX}*} ]]; then
            compstate[insert]=
            compstate[list]='list force'
        fi
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _dorf_completion "$@"
else
    compdef _dorf_completion dorf
fi
