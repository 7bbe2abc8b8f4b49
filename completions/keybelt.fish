# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_keybelt_global_optspecs
    string join \n H/host= account= o/output= q/quiet v/verbose y/yes no-input color= timeout= ca-file= h/help V/version
end

function __fish_keybelt_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_keybelt_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_keybelt_using_subcommand
    set -l cmd (__fish_keybelt_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c keybelt -n "__fish_keybelt_needs_command" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_needs_command" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_needs_command" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_needs_command" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_needs_command" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_needs_command" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_needs_command" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_needs_command" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_needs_command" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_needs_command" -s V -l version -d 'Print version'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "login" -d 'Sign in and keep the token'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "logout" -d 'Sign out: revoke the token on the server, then forget it'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "status" -d 'Show whether you are signed in, as whom, with which token, and for how long'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "whoami" -d 'Print whose token is used'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "switch" -d 'Make a stored account, or a host, the one that commands use'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "token" -d 'Print, list, create, revoke and rotate tokens'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "session" -d 'See and end what sign-ins of tools left behind'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "2fa" -d 'Enable, verify and disable two-factor authentication'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "org" -d 'Require two-factor authentication in an organization, and audit its members'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "password" -d 'Change the password'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "sudo" -d 'Enter sudo mode: prove the password now'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "exec" -d 'Run a command with the token in its environment'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "helper" -d 'Be Terraform\'s credentials helper'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "import" -d 'Take over tokens that Terraform or Aptible keep in plain text'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "store" -d 'Move tokens between stores'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "sandbox" -d 'Run an account server on loopback, to try everything without an account'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "config" -d 'Show and change what is configured'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "doctor" -d 'Find out what is wrong here, and what to do about it; safe to paste'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "completions" -d 'Print a completion script'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "man" -d 'Print the manual, or write a page for every command'
complete -c keybelt -n "__fish_keybelt_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l username -d 'User name or e-mail address' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l expires-in -d 'Lifetime to ask for, such as 12h or 7d' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l provider -d 'The server\'s dialect, if it cannot be told from the host: atlas or aptible' -r -f -a "atlas\t''
aptible\t''"
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l store -d 'Where to keep the token: file, keyring or docker:NAME' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l sms -d 'Have the code sent as a text message'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l web -d 'Sign in with a browser; login does so by itself where a server has no password sign-in for tools'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l no-browser -d 'Open no browser; only show the address'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l token-stdin -d 'Read a token from standard input instead, check it, and keep it'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l all -d 'Sign every stored account out'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l revoke -d 'Revoke the token even if keybelt did not make it'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l local-only -d 'Only forget the token here; it stays valid on the server'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand logout" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l min-remaining -d 'Exit with 6 if the token has less time left, such as 1d' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l all -d 'Show every stored account'
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l offline -d 'Do not ask the server'
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand switch" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -f -a "print" -d 'Print the token that is used for a host'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -f -a "list" -d 'List the account\'s tokens, this one marked'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -f -a "create" -d 'Create a token and print it, once'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -f -a "show" -d 'Show what the server knows of a token'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -f -a "revoke" -d 'End tokens on the server'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -f -a "rotate" -d 'Replace the stored token by a new one, and end the old one'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and not __fish_seen_subcommand_from print list create show revoke rotate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l min-remaining -d 'Exit with 3 if the token has less time left, such as 1h' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l reveal -d 'Print it even on a terminal'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from print" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l stale -d 'Only tokens that were not used for so long, such as 90d' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l description -d 'What the list of tokens calls it' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l expires-in -d 'Lifetime to ask for, such as 30d; without it the server decides' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l others -d 'Every token but the one that is used here'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l expires-in -d 'Lifetime to ask for; without it, as long as the old token had' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "print" -d 'Print the token that is used for a host'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the account\'s tokens, this one marked'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a token and print it, once'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what the server knows of a token'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'End tokens on the server'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Replace the stored token by a new one, and end the old one'
complete -c keybelt -n "__fish_keybelt_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -f -a "list" -d 'List the tokens that sign-ins of tools made'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -f -a "revoke" -d 'End such tokens'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l others -d 'Every one but the one that is used here'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the tokens that sign-ins of tools made'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'End such tokens'
complete -c keybelt -n "__fish_keybelt_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -f -a "status" -d 'Show whether two-factor authentication is enabled and verified'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -f -a "enable" -d 'Enable it with an authenticator app or text messages'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -f -a "verify" -d 'Prove a begun enrolment with a code, and get the recovery codes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -f -a "resend" -d 'Have the verification code of a begun enrolment sent again'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -f -a "disable" -d 'Turn two-factor authentication off'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -f -a "recovery-codes" -d 'Show or save the unused recovery codes, where the server shows them'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and not __fish_seen_subcommand_from status enable verify resend disable recovery-codes help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l sms -d 'Codes come as text messages to NUMBER; beside --app, NUMBER is the backup' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l recovery-codes-file -d 'Save the recovery codes to a new file, readable by you alone' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l app -d 'Codes come from an authenticator app'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l no-verify -d 'Stop after the beginning, and print what the app needs; keybelt 2fa verify finishes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l no-qr -d 'Draw no QR code; the secret is shown as text'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l revoke-others -d 'End every other token of the account once it is enabled, those that CI uses too'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l recovery-codes-file -d 'Save the recovery codes to a new file, readable by you alone' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from resend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -f -a "list" -d 'Print the unused recovery codes, one a line'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -f -a "save" -d 'Save the unused recovery codes to a new file, readable by you alone'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from recovery-codes" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show whether two-factor authentication is enabled and verified'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Enable it with an authenticator app or text messages'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Prove a begun enrolment with a code, and get the recovery codes'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from help" -f -a "resend" -d 'Have the verification code of a begun enrolment sent again'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Turn two-factor authentication off'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from help" -f -a "recovery-codes" -d 'Show or save the unused recovery codes, where the server shows them'
complete -c keybelt -n "__fish_keybelt_using_subcommand 2fa; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -f -a "list" -d 'List the organizations that you belong to'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -f -a "show" -d 'Show what an organization demands of its members, and who you are there'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -f -a "require-2fa" -d 'Require two-factor authentication of everyone in an organization, or stop requiring it'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -f -a "audit" -d 'Find the members who have no two-factor authentication, or have not finished enrolling'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and not __fish_seen_subcommand_from list show require-2fa audit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l off -d 'Stop requiring it; whoever was locked out comes back in'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l dry-run -d 'Only look what would happen; exit with 6 if the server would refuse'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from require-2fa" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l state -d 'Only members in these states' -r -f -a "on\t'Enabled and verified: a code is asked for at sign-in'
started\t'Enabled and not verified: no code is asked for yet'
off\t'Neither enabled nor verified'
unknown\t'The server does not know: the member signs in elsewhere, or nothing is told'
invited\t'Invited, and not come yet'
service\t'A service account'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l all -d 'Every organization that you belong to'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l everyone -d 'Show everyone in the text too, not only the exceptions'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the organizations that you belong to'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what an organization demands of its members, and who you are there'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "require-2fa" -d 'Require two-factor authentication of everyone in an organization, or stop requiring it'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Find the members who have no two-factor authentication, or have not finished enrolling'
complete -c keybelt -n "__fish_keybelt_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -f -a "change" -d 'Change the password: the old one once, the new one twice'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and not __fish_seen_subcommand_from change help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l revoke-others -d 'Then end every other token of the account, those used by CI too'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from change" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from help" -f -a "change" -d 'Change the password: the old one once, the new one twice'
complete -c keybelt -n "__fish_keybelt_using_subcommand password; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -f -a "end" -d 'Leave sudo mode: the next command that needs it asks again'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and not __fish_seen_subcommand_from end help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from end" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from help" -f -a "end" -d 'Leave sudo mode: the next command that needs it asks again'
complete -c keybelt -n "__fish_keybelt_using_subcommand sudo; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l env -d 'Set this variable too, with its address variable beside it; any tool may send its token anywhere' -r -f -a "ATLAS_TOKEN\t'`ATLAS_TOKEN` and `ATLAS_ADDRESS`'
TFE_TOKEN\t'`TFE_TOKEN`, `TFE_ADDRESS` and `TFE_HOSTNAME`'"
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l min-remaining -d 'Sign in again first if the token has less time left, such as 1h' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l password-command -d 'Run a command, without a shell, and take the first line that it prints as the password' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l code -d 'Verification code; recovery codes are better given by --code-stdin, which no process list shows' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l code-command -d 'Run a command, without a shell, and take the first line that it prints as the code' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l code-stdin -d 'Read the code from standard input, after the password if that comes from there too'
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -f -a "install" -d 'Make Terraform and OpenTofu ask keybelt for tokens'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -f -a "uninstall" -d 'Undo what install did'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -f -a "check" -d 'Check that Terraform finds the helper'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -f -a "get" -d 'Print the token of a host, as Terraform asks for it'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -f -a "store" -d 'Store the token that Terraform gives on standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -f -a "forget" -d 'Forget what Terraform stored'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and not __fish_seen_subcommand_from install uninstall check get store forget help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from uninstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from store" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from help" -f -a "install" -d 'Make Terraform and OpenTofu ask keybelt for tokens'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from help" -f -a "uninstall" -d 'Undo what install did'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check that Terraform finds the helper'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print the token of a host, as Terraform asks for it'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from help" -f -a "store" -d 'Store the token that Terraform gives on standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from help" -f -a "forget" -d 'Forget what Terraform stored'
complete -c keybelt -n "__fish_keybelt_using_subcommand helper; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l from -d 'Whose file' -r -f -a "terraform\t'Terraform\'s credentials.tfrc.json'
aptible\t'Aptible\'s tokens.json'"
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l store -d 'Where to keep the tokens: file, keyring or docker:NAME' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l move -d 'Remove what was imported from the other tool\'s file'
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -f -a "migrate" -d 'Move stored tokens to another store'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and not __fish_seen_subcommand_from migrate help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "migrate" -d 'Move stored tokens to another store'
complete -c keybelt -n "__fish_keybelt_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -f -a "start" -d 'Start an account server on loopback and keep it running'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -f -a "shell" -d 'Open a shell in which keybelt talks to a fresh sandbox'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -f -a "code" -d 'Print an account\'s present verification code in the running sandbox'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -f -a "tour" -d 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and not __fish_seen_subcommand_from start shell code tour help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l listen -d 'Loopback address to listen on; port 0 picks a free one' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l generation -d 'Be a server of this generation: classic serves everything, modern has no password sign-in for tools' -r -f -a "classic\t'With password sign-in and two-factor actions for tools'
modern\t'Without: tools sign in through a browser'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l accounts -d 'Add accounts user-1 to user-N' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l members -d 'Fill the organization with N made-up members' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l limits -d 'Keep the documented request limits, or none' -r -f -a "documented\t'Those that the servers document'
off\t'None'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l fault -d 'Misbehave: KIND[@METHOD:/path][*COUNT]; can be repeated' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l aptible -d 'Choose where nobody knows how Aptible\'s server is: KEY=VALUE; can be repeated' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l tls -d 'Serve https too, with a certificate authority made for this run'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from shell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from code" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from tour" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "start" -d 'Start an account server on loopback and keep it running'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "shell" -d 'Open a shell in which keybelt talks to a fresh sandbox'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "code" -d 'Print an account\'s present verification code in the running sandbox'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "tour" -d 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own'
complete -c keybelt -n "__fish_keybelt_using_subcommand sandbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -f -a "list" -d 'List every setting, its value, and where that comes from'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -f -a "get" -d 'Print the value of a setting'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -f -a "set" -d 'Give a setting a value'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -f -a "unset" -d 'Take a setting out'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and not __fish_seen_subcommand_from list get set unset help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "list" -d 'List every setting, its value, and where that comes from'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print the value of a setting'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set" -d 'Give a setting a value'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Take a setting out'
complete -c keybelt -n "__fish_keybelt_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -s H -l host -d 'Account server: a host name, an address, or hcp, hcp-eu, aptible' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -l account -d 'Stored account to use; tokens in the environment are skipped' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -s o -l output -d 'Output format' -r -f -a "text\t'For people'
json\t'One JSON document'
csv\t'Comma-separated values, for lists'"
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` or `TERM=dumb` says otherwise'
always\t'Even into a pipe'
never\t'Not at all'"
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -l timeout -d 'Time for the command\'s requests together, such as 30s' -r
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -l ca-file -d 'Further root certificates, as a PEM file' -r -F
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -s q -l quiet -d 'Print no narration'
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -s v -l verbose -d 'Print log lines; repeat for more'
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -s y -l yes -d 'Answer confirmations with yes'
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -l no-input -d 'Never ask anything'
complete -c keybelt -n "__fish_keybelt_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "login" -d 'Sign in and keep the token'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "logout" -d 'Sign out: revoke the token on the server, then forget it'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "status" -d 'Show whether you are signed in, as whom, with which token, and for how long'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "whoami" -d 'Print whose token is used'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "switch" -d 'Make a stored account, or a host, the one that commands use'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "token" -d 'Print, list, create, revoke and rotate tokens'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "session" -d 'See and end what sign-ins of tools left behind'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "2fa" -d 'Enable, verify and disable two-factor authentication'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "org" -d 'Require two-factor authentication in an organization, and audit its members'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "password" -d 'Change the password'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "sudo" -d 'Enter sudo mode: prove the password now'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "exec" -d 'Run a command with the token in its environment'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "helper" -d 'Be Terraform\'s credentials helper'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "import" -d 'Take over tokens that Terraform or Aptible keep in plain text'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "store" -d 'Move tokens between stores'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "sandbox" -d 'Run an account server on loopback, to try everything without an account'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "config" -d 'Show and change what is configured'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "doctor" -d 'Find out what is wrong here, and what to do about it; safe to paste'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "completions" -d 'Print a completion script'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "man" -d 'Print the manual, or write a page for every command'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and not __fish_seen_subcommand_from login logout status whoami switch token session 2fa org password sudo exec helper import store sandbox config doctor completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "print" -d 'Print the token that is used for a host'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "list" -d 'List the account\'s tokens, this one marked'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "create" -d 'Create a token and print it, once'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "show" -d 'Show what the server knows of a token'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "revoke" -d 'End tokens on the server'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "rotate" -d 'Replace the stored token by a new one, and end the old one'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "list" -d 'List the tokens that sign-ins of tools made'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "revoke" -d 'End such tokens'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from 2fa" -f -a "status" -d 'Show whether two-factor authentication is enabled and verified'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from 2fa" -f -a "enable" -d 'Enable it with an authenticator app or text messages'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from 2fa" -f -a "verify" -d 'Prove a begun enrolment with a code, and get the recovery codes'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from 2fa" -f -a "resend" -d 'Have the verification code of a begun enrolment sent again'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from 2fa" -f -a "disable" -d 'Turn two-factor authentication off'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from 2fa" -f -a "recovery-codes" -d 'Show or save the unused recovery codes, where the server shows them'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "list" -d 'List the organizations that you belong to'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "show" -d 'Show what an organization demands of its members, and who you are there'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "require-2fa" -d 'Require two-factor authentication of everyone in an organization, or stop requiring it'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "audit" -d 'Find the members who have no two-factor authentication, or have not finished enrolling'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from password" -f -a "change" -d 'Change the password: the old one once, the new one twice'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from sudo" -f -a "end" -d 'Leave sudo mode: the next command that needs it asks again'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from helper" -f -a "install" -d 'Make Terraform and OpenTofu ask keybelt for tokens'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from helper" -f -a "uninstall" -d 'Undo what install did'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from helper" -f -a "check" -d 'Check that Terraform finds the helper'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from helper" -f -a "get" -d 'Print the token of a host, as Terraform asks for it'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from helper" -f -a "store" -d 'Store the token that Terraform gives on standard input'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from helper" -f -a "forget" -d 'Forget what Terraform stored'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "migrate" -d 'Move stored tokens to another store'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "start" -d 'Start an account server on loopback and keep it running'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "shell" -d 'Open a shell in which keybelt talks to a fresh sandbox'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "code" -d 'Print an account\'s present verification code in the running sandbox'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from sandbox" -f -a "tour" -d 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "list" -d 'List every setting, its value, and where that comes from'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "get" -d 'Print the value of a setting'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set" -d 'Give a setting a value'
complete -c keybelt -n "__fish_keybelt_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "unset" -d 'Take a setting out'
