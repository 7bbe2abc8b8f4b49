
use builtin;
use str;

set edit:completion:arg-completer[keybelt] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'keybelt'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'keybelt'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand login 'Sign in and keep the token'
            cand logout 'Sign out: revoke the token on the server, then forget it'
            cand status 'Show whether you are signed in, as whom, with which token, and for how long'
            cand whoami 'Print whose token is used'
            cand switch 'Make a stored account, or a host, the one that commands use'
            cand token 'Print, list, create, revoke and rotate tokens'
            cand session 'See and end what sign-ins of tools left behind'
            cand 2fa 'Enable, verify and disable two-factor authentication'
            cand org 'Require two-factor authentication in an organization, and audit its members'
            cand password 'Change the password'
            cand sudo 'Enter sudo mode: prove the password now'
            cand exec 'Run a command with the token in its environment'
            cand helper 'Be Terraform''s credentials helper'
            cand import 'Take over tokens that Terraform or Aptible keep in plain text'
            cand store 'Move tokens between stores'
            cand sandbox 'Run an account server on loopback, to try everything without an account'
            cand config 'Show and change what is configured'
            cand doctor 'Find out what is wrong here, and what to do about it; safe to paste'
            cand completions 'Print a completion script'
            cand man 'Print the manual, or write a page for every command'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;login'= {
            cand --username 'User name or e-mail address'
            cand --expires-in 'Lifetime to ask for, such as 12h or 7d'
            cand --provider 'The server''s dialect, if it cannot be told from the host: atlas or aptible'
            cand --store 'Where to keep the token: file, keyring or docker:NAME'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --sms 'Have the code sent as a text message'
            cand --web 'Sign in with a browser; login does so by itself where a server has no password sign-in for tools'
            cand --no-browser 'Open no browser; only show the address'
            cand --token-stdin 'Read a token from standard input instead, check it, and keep it'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;logout'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --all 'Sign every stored account out'
            cand --revoke 'Revoke the token even if keybelt did not make it'
            cand --local-only 'Only forget the token here; it stays valid on the server'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;status'= {
            cand --min-remaining 'Exit with 6 if the token has less time left, such as 1d'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --all 'Show every stored account'
            cand --offline 'Do not ask the server'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;whoami'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;switch'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;token'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand print 'Print the token that is used for a host'
            cand list 'List the account''s tokens, this one marked'
            cand create 'Create a token and print it, once'
            cand show 'Show what the server knows of a token'
            cand revoke 'End tokens on the server'
            cand rotate 'Replace the stored token by a new one, and end the old one'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;token;print'= {
            cand --min-remaining 'Exit with 3 if the token has less time left, such as 1h'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --reveal 'Print it even on a terminal'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;token;list'= {
            cand --stale 'Only tokens that were not used for so long, such as 90d'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;token;create'= {
            cand --description 'What the list of tokens calls it'
            cand --expires-in 'Lifetime to ask for, such as 30d; without it the server decides'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;token;show'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;token;revoke'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --others 'Every token but the one that is used here'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;token;rotate'= {
            cand --expires-in 'Lifetime to ask for; without it, as long as the old token had'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;token;help'= {
            cand print 'Print the token that is used for a host'
            cand list 'List the account''s tokens, this one marked'
            cand create 'Create a token and print it, once'
            cand show 'Show what the server knows of a token'
            cand revoke 'End tokens on the server'
            cand rotate 'Replace the stored token by a new one, and end the old one'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;token;help;print'= {
        }
        &'keybelt;token;help;list'= {
        }
        &'keybelt;token;help;create'= {
        }
        &'keybelt;token;help;show'= {
        }
        &'keybelt;token;help;revoke'= {
        }
        &'keybelt;token;help;rotate'= {
        }
        &'keybelt;token;help;help'= {
        }
        &'keybelt;session'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List the tokens that sign-ins of tools made'
            cand revoke 'End such tokens'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;session;list'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;session;revoke'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --others 'Every one but the one that is used here'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;session;help'= {
            cand list 'List the tokens that sign-ins of tools made'
            cand revoke 'End such tokens'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;session;help;list'= {
        }
        &'keybelt;session;help;revoke'= {
        }
        &'keybelt;session;help;help'= {
        }
        &'keybelt;2fa'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand status 'Show whether two-factor authentication is enabled and verified'
            cand enable 'Enable it with an authenticator app or text messages'
            cand verify 'Prove a begun enrolment with a code, and get the recovery codes'
            cand resend 'Have the verification code of a begun enrolment sent again'
            cand disable 'Turn two-factor authentication off'
            cand recovery-codes 'Show or save the unused recovery codes, where the server shows them'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;2fa;status'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;2fa;enable'= {
            cand --sms 'Codes come as text messages to NUMBER; beside --app, NUMBER is the backup'
            cand --recovery-codes-file 'Save the recovery codes to a new file, readable by you alone'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --app 'Codes come from an authenticator app'
            cand --no-verify 'Stop after the beginning, and print what the app needs; keybelt 2fa verify finishes'
            cand --no-qr 'Draw no QR code; the secret is shown as text'
            cand --revoke-others 'End every other token of the account once it is enabled, those that CI uses too'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;2fa;verify'= {
            cand --recovery-codes-file 'Save the recovery codes to a new file, readable by you alone'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;2fa;resend'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;2fa;disable'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;2fa;recovery-codes'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'Print the unused recovery codes, one a line'
            cand save 'Save the unused recovery codes to a new file, readable by you alone'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;2fa;recovery-codes;list'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;2fa;recovery-codes;save'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;2fa;recovery-codes;help'= {
            cand list 'Print the unused recovery codes, one a line'
            cand save 'Save the unused recovery codes to a new file, readable by you alone'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;2fa;recovery-codes;help;list'= {
        }
        &'keybelt;2fa;recovery-codes;help;save'= {
        }
        &'keybelt;2fa;recovery-codes;help;help'= {
        }
        &'keybelt;2fa;help'= {
            cand status 'Show whether two-factor authentication is enabled and verified'
            cand enable 'Enable it with an authenticator app or text messages'
            cand verify 'Prove a begun enrolment with a code, and get the recovery codes'
            cand resend 'Have the verification code of a begun enrolment sent again'
            cand disable 'Turn two-factor authentication off'
            cand recovery-codes 'Show or save the unused recovery codes, where the server shows them'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;2fa;help;status'= {
        }
        &'keybelt;2fa;help;enable'= {
        }
        &'keybelt;2fa;help;verify'= {
        }
        &'keybelt;2fa;help;resend'= {
        }
        &'keybelt;2fa;help;disable'= {
        }
        &'keybelt;2fa;help;recovery-codes'= {
            cand list 'Print the unused recovery codes, one a line'
            cand save 'Save the unused recovery codes to a new file, readable by you alone'
        }
        &'keybelt;2fa;help;recovery-codes;list'= {
        }
        &'keybelt;2fa;help;recovery-codes;save'= {
        }
        &'keybelt;2fa;help;help'= {
        }
        &'keybelt;org'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List the organizations that you belong to'
            cand show 'Show what an organization demands of its members, and who you are there'
            cand require-2fa 'Require two-factor authentication of everyone in an organization, or stop requiring it'
            cand audit 'Find the members who have no two-factor authentication, or have not finished enrolling'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;org;list'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;org;show'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;org;require-2fa'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --off 'Stop requiring it; whoever was locked out comes back in'
            cand --dry-run 'Only look what would happen; exit with 6 if the server would refuse'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;org;audit'= {
            cand --state 'Only members in these states'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --all 'Every organization that you belong to'
            cand --everyone 'Show everyone in the text too, not only the exceptions'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;org;help'= {
            cand list 'List the organizations that you belong to'
            cand show 'Show what an organization demands of its members, and who you are there'
            cand require-2fa 'Require two-factor authentication of everyone in an organization, or stop requiring it'
            cand audit 'Find the members who have no two-factor authentication, or have not finished enrolling'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;org;help;list'= {
        }
        &'keybelt;org;help;show'= {
        }
        &'keybelt;org;help;require-2fa'= {
        }
        &'keybelt;org;help;audit'= {
        }
        &'keybelt;org;help;help'= {
        }
        &'keybelt;password'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand change 'Change the password: the old one once, the new one twice'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;password;change'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --revoke-others 'Then end every other token of the account, those used by CI too'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;password;help'= {
            cand change 'Change the password: the old one once, the new one twice'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;password;help;change'= {
        }
        &'keybelt;password;help;help'= {
        }
        &'keybelt;sudo'= {
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand end 'Leave sudo mode: the next command that needs it asks again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;sudo;end'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;sudo;help'= {
            cand end 'Leave sudo mode: the next command that needs it asks again'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;sudo;help;end'= {
        }
        &'keybelt;sudo;help;help'= {
        }
        &'keybelt;exec'= {
            cand --env 'Set this variable too, with its address variable beside it; any tool may send its token anywhere'
            cand --min-remaining 'Sign in again first if the token has less time left, such as 1h'
            cand --password-command 'Run a command, without a shell, and take the first line that it prints as the password'
            cand --code 'Verification code; recovery codes are better given by --code-stdin, which no process list shows'
            cand --code-command 'Run a command, without a shell, and take the first line that it prints as the code'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --password-stdin 'Read the password from the first line of standard input'
            cand --code-stdin 'Read the code from standard input, after the password if that comes from there too'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;helper'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand install 'Make Terraform and OpenTofu ask keybelt for tokens'
            cand uninstall 'Undo what install did'
            cand check 'Check that Terraform finds the helper'
            cand get 'Print the token of a host, as Terraform asks for it'
            cand store 'Store the token that Terraform gives on standard input'
            cand forget 'Forget what Terraform stored'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;helper;install'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;helper;uninstall'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;helper;check'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;helper;get'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;helper;store'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;helper;forget'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;helper;help'= {
            cand install 'Make Terraform and OpenTofu ask keybelt for tokens'
            cand uninstall 'Undo what install did'
            cand check 'Check that Terraform finds the helper'
            cand get 'Print the token of a host, as Terraform asks for it'
            cand store 'Store the token that Terraform gives on standard input'
            cand forget 'Forget what Terraform stored'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;helper;help;install'= {
        }
        &'keybelt;helper;help;uninstall'= {
        }
        &'keybelt;helper;help;check'= {
        }
        &'keybelt;helper;help;get'= {
        }
        &'keybelt;helper;help;store'= {
        }
        &'keybelt;helper;help;forget'= {
        }
        &'keybelt;helper;help;help'= {
        }
        &'keybelt;import'= {
            cand --from 'Whose file'
            cand --store 'Where to keep the tokens: file, keyring or docker:NAME'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --move 'Remove what was imported from the other tool''s file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;store'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand migrate 'Move stored tokens to another store'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;store;migrate'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;store;help'= {
            cand migrate 'Move stored tokens to another store'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;store;help;migrate'= {
        }
        &'keybelt;store;help;help'= {
        }
        &'keybelt;sandbox'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand start 'Start an account server on loopback and keep it running'
            cand shell 'Open a shell in which keybelt talks to a fresh sandbox'
            cand code 'Print an account''s present verification code in the running sandbox'
            cand tour 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;sandbox;start'= {
            cand --listen 'Loopback address to listen on; port 0 picks a free one'
            cand --generation 'Be a server of this generation: classic serves everything, modern has no password sign-in for tools'
            cand --accounts 'Add accounts user-1 to user-N'
            cand --members 'Fill the organization with N made-up members'
            cand --limits 'Keep the documented request limits, or none'
            cand --fault 'Misbehave: KIND[@METHOD:/path][*COUNT]; can be repeated'
            cand --aptible 'Choose where nobody knows how Aptible''s server is: KEY=VALUE; can be repeated'
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand --tls 'Serve https too, with a certificate authority made for this run'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;sandbox;shell'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;sandbox;code'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;sandbox;tour'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;sandbox;help'= {
            cand start 'Start an account server on loopback and keep it running'
            cand shell 'Open a shell in which keybelt talks to a fresh sandbox'
            cand code 'Print an account''s present verification code in the running sandbox'
            cand tour 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;sandbox;help;start'= {
        }
        &'keybelt;sandbox;help;shell'= {
        }
        &'keybelt;sandbox;help;code'= {
        }
        &'keybelt;sandbox;help;tour'= {
        }
        &'keybelt;sandbox;help;help'= {
        }
        &'keybelt;config'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand list 'List every setting, its value, and where that comes from'
            cand get 'Print the value of a setting'
            cand set 'Give a setting a value'
            cand unset 'Take a setting out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;config;list'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;config;get'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;config;set'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;config;unset'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;config;help'= {
            cand list 'List every setting, its value, and where that comes from'
            cand get 'Print the value of a setting'
            cand set 'Give a setting a value'
            cand unset 'Take a setting out'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;config;help;list'= {
        }
        &'keybelt;config;help;get'= {
        }
        &'keybelt;config;help;set'= {
        }
        &'keybelt;config;help;unset'= {
        }
        &'keybelt;config;help;help'= {
        }
        &'keybelt;doctor'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;completions'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;man'= {
            cand -H 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --host 'Account server: a host name, an address, or hcp, hcp-eu, aptible'
            cand --account 'Stored account to use; tokens in the environment are skipped'
            cand -o 'Output format'
            cand --output 'Output format'
            cand --color 'When to use colour'
            cand --timeout 'Time for the command''s requests together, such as 30s'
            cand --ca-file 'Further root certificates, as a PEM file'
            cand -q 'Print no narration'
            cand --quiet 'Print no narration'
            cand -v 'Print log lines; repeat for more'
            cand --verbose 'Print log lines; repeat for more'
            cand -y 'Answer confirmations with yes'
            cand --yes 'Answer confirmations with yes'
            cand --no-input 'Never ask anything'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'keybelt;help'= {
            cand login 'Sign in and keep the token'
            cand logout 'Sign out: revoke the token on the server, then forget it'
            cand status 'Show whether you are signed in, as whom, with which token, and for how long'
            cand whoami 'Print whose token is used'
            cand switch 'Make a stored account, or a host, the one that commands use'
            cand token 'Print, list, create, revoke and rotate tokens'
            cand session 'See and end what sign-ins of tools left behind'
            cand 2fa 'Enable, verify and disable two-factor authentication'
            cand org 'Require two-factor authentication in an organization, and audit its members'
            cand password 'Change the password'
            cand sudo 'Enter sudo mode: prove the password now'
            cand exec 'Run a command with the token in its environment'
            cand helper 'Be Terraform''s credentials helper'
            cand import 'Take over tokens that Terraform or Aptible keep in plain text'
            cand store 'Move tokens between stores'
            cand sandbox 'Run an account server on loopback, to try everything without an account'
            cand config 'Show and change what is configured'
            cand doctor 'Find out what is wrong here, and what to do about it; safe to paste'
            cand completions 'Print a completion script'
            cand man 'Print the manual, or write a page for every command'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'keybelt;help;login'= {
        }
        &'keybelt;help;logout'= {
        }
        &'keybelt;help;status'= {
        }
        &'keybelt;help;whoami'= {
        }
        &'keybelt;help;switch'= {
        }
        &'keybelt;help;token'= {
            cand print 'Print the token that is used for a host'
            cand list 'List the account''s tokens, this one marked'
            cand create 'Create a token and print it, once'
            cand show 'Show what the server knows of a token'
            cand revoke 'End tokens on the server'
            cand rotate 'Replace the stored token by a new one, and end the old one'
        }
        &'keybelt;help;token;print'= {
        }
        &'keybelt;help;token;list'= {
        }
        &'keybelt;help;token;create'= {
        }
        &'keybelt;help;token;show'= {
        }
        &'keybelt;help;token;revoke'= {
        }
        &'keybelt;help;token;rotate'= {
        }
        &'keybelt;help;session'= {
            cand list 'List the tokens that sign-ins of tools made'
            cand revoke 'End such tokens'
        }
        &'keybelt;help;session;list'= {
        }
        &'keybelt;help;session;revoke'= {
        }
        &'keybelt;help;2fa'= {
            cand status 'Show whether two-factor authentication is enabled and verified'
            cand enable 'Enable it with an authenticator app or text messages'
            cand verify 'Prove a begun enrolment with a code, and get the recovery codes'
            cand resend 'Have the verification code of a begun enrolment sent again'
            cand disable 'Turn two-factor authentication off'
            cand recovery-codes 'Show or save the unused recovery codes, where the server shows them'
        }
        &'keybelt;help;2fa;status'= {
        }
        &'keybelt;help;2fa;enable'= {
        }
        &'keybelt;help;2fa;verify'= {
        }
        &'keybelt;help;2fa;resend'= {
        }
        &'keybelt;help;2fa;disable'= {
        }
        &'keybelt;help;2fa;recovery-codes'= {
            cand list 'Print the unused recovery codes, one a line'
            cand save 'Save the unused recovery codes to a new file, readable by you alone'
        }
        &'keybelt;help;2fa;recovery-codes;list'= {
        }
        &'keybelt;help;2fa;recovery-codes;save'= {
        }
        &'keybelt;help;org'= {
            cand list 'List the organizations that you belong to'
            cand show 'Show what an organization demands of its members, and who you are there'
            cand require-2fa 'Require two-factor authentication of everyone in an organization, or stop requiring it'
            cand audit 'Find the members who have no two-factor authentication, or have not finished enrolling'
        }
        &'keybelt;help;org;list'= {
        }
        &'keybelt;help;org;show'= {
        }
        &'keybelt;help;org;require-2fa'= {
        }
        &'keybelt;help;org;audit'= {
        }
        &'keybelt;help;password'= {
            cand change 'Change the password: the old one once, the new one twice'
        }
        &'keybelt;help;password;change'= {
        }
        &'keybelt;help;sudo'= {
            cand end 'Leave sudo mode: the next command that needs it asks again'
        }
        &'keybelt;help;sudo;end'= {
        }
        &'keybelt;help;exec'= {
        }
        &'keybelt;help;helper'= {
            cand install 'Make Terraform and OpenTofu ask keybelt for tokens'
            cand uninstall 'Undo what install did'
            cand check 'Check that Terraform finds the helper'
            cand get 'Print the token of a host, as Terraform asks for it'
            cand store 'Store the token that Terraform gives on standard input'
            cand forget 'Forget what Terraform stored'
        }
        &'keybelt;help;helper;install'= {
        }
        &'keybelt;help;helper;uninstall'= {
        }
        &'keybelt;help;helper;check'= {
        }
        &'keybelt;help;helper;get'= {
        }
        &'keybelt;help;helper;store'= {
        }
        &'keybelt;help;helper;forget'= {
        }
        &'keybelt;help;import'= {
        }
        &'keybelt;help;store'= {
            cand migrate 'Move stored tokens to another store'
        }
        &'keybelt;help;store;migrate'= {
        }
        &'keybelt;help;sandbox'= {
            cand start 'Start an account server on loopback and keep it running'
            cand shell 'Open a shell in which keybelt talks to a fresh sandbox'
            cand code 'Print an account''s present verification code in the running sandbox'
            cand tour 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own'
        }
        &'keybelt;help;sandbox;start'= {
        }
        &'keybelt;help;sandbox;shell'= {
        }
        &'keybelt;help;sandbox;code'= {
        }
        &'keybelt;help;sandbox;tour'= {
        }
        &'keybelt;help;config'= {
            cand list 'List every setting, its value, and where that comes from'
            cand get 'Print the value of a setting'
            cand set 'Give a setting a value'
            cand unset 'Take a setting out'
        }
        &'keybelt;help;config;list'= {
        }
        &'keybelt;help;config;get'= {
        }
        &'keybelt;help;config;set'= {
        }
        &'keybelt;help;config;unset'= {
        }
        &'keybelt;help;doctor'= {
        }
        &'keybelt;help;completions'= {
        }
        &'keybelt;help;man'= {
        }
        &'keybelt;help;help'= {
        }
    ]
    $completions[$command]
}
