# Completes dorf in fish (3.1 and newer). Nothing that dorf answers is evaluated.
function _dorf_answer
    set -lx _DORF_COMPLETE complete_lines
    set -lx _DORF_LINE (commandline -cp | string collect)
    command dorf 2>/dev/null
end

function _dorf_completion
    set -l found (_dorf_answer)
    if test $pipestatus[1] -eq 10 # a file
        __fish_complete_path (commandline -ct)
    else
        string join \n -- $found
    end
end

# fish itself offers only what holds the letters that were typed. The one name that is spelled in
# another way (oz: Özlem) is put there by the tab key, unless somebody has bound that already.
function _dorf_tab
    set -l words (commandline -opc)
    if test "$words[1]" = dorf
        set -l begun (commandline -ct | string unescape)
        set -l found (_dorf_answer)
        if test (count $found) -eq 1
            and not string match --quiet --ignore-case -- "*$begun*" $found
            commandline --current-token --replace -- (string escape -- $found)" "
            return
        end
    end
    commandline --function complete
end

complete --command dorf --erase
complete --command dorf --no-files --arguments '(_dorf_completion)'
for mode in default insert
    if bind --mode $mode \t 2>/dev/null | string match --quiet --regex -- '\scomplete$'
        bind --mode $mode \t _dorf_tab
    end
end
