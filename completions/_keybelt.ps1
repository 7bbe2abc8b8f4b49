
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'keybelt' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'keybelt'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'keybelt' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in and keep the token')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Sign out: revoke the token on the server, then forget it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether you are signed in, as whom, with which token, and for how long')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Print whose token is used')
            [CompletionResult]::new('switch', 'switch', [CompletionResultType]::ParameterValue, 'Make a stored account, or a host, the one that commands use')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print, list, create, revoke and rotate tokens')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'See and end what sign-ins of tools left behind')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Enable, verify and disable two-factor authentication')
            [CompletionResult]::new('org', 'org', [CompletionResultType]::ParameterValue, 'Require two-factor authentication in an organization, and audit its members')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Change the password')
            [CompletionResult]::new('sudo', 'sudo', [CompletionResultType]::ParameterValue, 'Enter sudo mode: prove the password now')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command with the token in its environment')
            [CompletionResult]::new('helper', 'helper', [CompletionResultType]::ParameterValue, 'Be Terraform''s credentials helper')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over tokens that Terraform or Aptible keep in plain text')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Move tokens between stores')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run an account server on loopback, to try everything without an account')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change what is configured')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find out what is wrong here, and what to do about it; safe to paste')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual, or write a page for every command')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;login' {
            [CompletionResult]::new('--username', '--username', [CompletionResultType]::ParameterName, 'User name or e-mail address')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'Lifetime to ask for, such as 12h or 7d')
            [CompletionResult]::new('--provider', '--provider', [CompletionResultType]::ParameterName, 'The server''s dialect, if it cannot be told from the host: atlas or aptible')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the token: file, keyring or docker:NAME')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--sms', '--sms', [CompletionResultType]::ParameterName, 'Have the code sent as a text message')
            [CompletionResult]::new('--web', '--web', [CompletionResultType]::ParameterName, 'Sign in with a browser; login does so by itself where a server has no password sign-in for tools')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Open no browser; only show the address')
            [CompletionResult]::new('--token-stdin', '--token-stdin', [CompletionResultType]::ParameterName, 'Read a token from standard input instead, check it, and keep it')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;logout' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Sign every stored account out')
            [CompletionResult]::new('--revoke', '--revoke', [CompletionResultType]::ParameterName, 'Revoke the token even if keybelt did not make it')
            [CompletionResult]::new('--local-only', '--local-only', [CompletionResultType]::ParameterName, 'Only forget the token here; it stays valid on the server')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;status' {
            [CompletionResult]::new('--min-remaining', '--min-remaining', [CompletionResultType]::ParameterName, 'Exit with 6 if the token has less time left, such as 1d')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show every stored account')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Do not ask the server')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;whoami' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;switch' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;token' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print the token that is used for a host')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the account''s tokens, this one marked')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a token and print it, once')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what the server knows of a token')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End tokens on the server')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace the stored token by a new one, and end the old one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;token;print' {
            [CompletionResult]::new('--min-remaining', '--min-remaining', [CompletionResultType]::ParameterName, 'Exit with 3 if the token has less time left, such as 1h')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Print it even on a terminal')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;token;list' {
            [CompletionResult]::new('--stale', '--stale', [CompletionResultType]::ParameterName, 'Only tokens that were not used for so long, such as 90d')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;token;create' {
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'What the list of tokens calls it')
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'Lifetime to ask for, such as 30d; without it the server decides')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;token;show' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;token;revoke' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--others', '--others', [CompletionResultType]::ParameterName, 'Every token but the one that is used here')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;token;rotate' {
            [CompletionResult]::new('--expires-in', '--expires-in', [CompletionResultType]::ParameterName, 'Lifetime to ask for; without it, as long as the old token had')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;token;help' {
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print the token that is used for a host')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the account''s tokens, this one marked')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a token and print it, once')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what the server knows of a token')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End tokens on the server')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace the stored token by a new one, and end the old one')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;token;help;print' {
            break
        }
        'keybelt;token;help;list' {
            break
        }
        'keybelt;token;help;create' {
            break
        }
        'keybelt;token;help;show' {
            break
        }
        'keybelt;token;help;revoke' {
            break
        }
        'keybelt;token;help;rotate' {
            break
        }
        'keybelt;token;help;help' {
            break
        }
        'keybelt;session' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the tokens that sign-ins of tools made')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End such tokens')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;session;list' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;session;revoke' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--others', '--others', [CompletionResultType]::ParameterName, 'Every one but the one that is used here')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;session;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the tokens that sign-ins of tools made')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End such tokens')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;session;help;list' {
            break
        }
        'keybelt;session;help;revoke' {
            break
        }
        'keybelt;session;help;help' {
            break
        }
        'keybelt;2fa' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether two-factor authentication is enabled and verified')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Enable it with an authenticator app or text messages')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove a begun enrolment with a code, and get the recovery codes')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Have the verification code of a begun enrolment sent again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Turn two-factor authentication off')
            [CompletionResult]::new('recovery-codes', 'recovery-codes', [CompletionResultType]::ParameterValue, 'Show or save the unused recovery codes, where the server shows them')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;2fa;status' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;2fa;enable' {
            [CompletionResult]::new('--sms', '--sms', [CompletionResultType]::ParameterName, 'Codes come as text messages to NUMBER; beside --app, NUMBER is the backup')
            [CompletionResult]::new('--recovery-codes-file', '--recovery-codes-file', [CompletionResultType]::ParameterName, 'Save the recovery codes to a new file, readable by you alone')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--app', '--app', [CompletionResultType]::ParameterName, 'Codes come from an authenticator app')
            [CompletionResult]::new('--no-verify', '--no-verify', [CompletionResultType]::ParameterName, 'Stop after the beginning, and print what the app needs; keybelt 2fa verify finishes')
            [CompletionResult]::new('--no-qr', '--no-qr', [CompletionResultType]::ParameterName, 'Draw no QR code; the secret is shown as text')
            [CompletionResult]::new('--revoke-others', '--revoke-others', [CompletionResultType]::ParameterName, 'End every other token of the account once it is enabled, those that CI uses too')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;2fa;verify' {
            [CompletionResult]::new('--recovery-codes-file', '--recovery-codes-file', [CompletionResultType]::ParameterName, 'Save the recovery codes to a new file, readable by you alone')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;2fa;resend' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;2fa;disable' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;2fa;recovery-codes' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Print the unused recovery codes, one a line')
            [CompletionResult]::new('save', 'save', [CompletionResultType]::ParameterValue, 'Save the unused recovery codes to a new file, readable by you alone')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;2fa;recovery-codes;list' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;2fa;recovery-codes;save' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;2fa;recovery-codes;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Print the unused recovery codes, one a line')
            [CompletionResult]::new('save', 'save', [CompletionResultType]::ParameterValue, 'Save the unused recovery codes to a new file, readable by you alone')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;2fa;recovery-codes;help;list' {
            break
        }
        'keybelt;2fa;recovery-codes;help;save' {
            break
        }
        'keybelt;2fa;recovery-codes;help;help' {
            break
        }
        'keybelt;2fa;help' {
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether two-factor authentication is enabled and verified')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Enable it with an authenticator app or text messages')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove a begun enrolment with a code, and get the recovery codes')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Have the verification code of a begun enrolment sent again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Turn two-factor authentication off')
            [CompletionResult]::new('recovery-codes', 'recovery-codes', [CompletionResultType]::ParameterValue, 'Show or save the unused recovery codes, where the server shows them')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;2fa;help;status' {
            break
        }
        'keybelt;2fa;help;enable' {
            break
        }
        'keybelt;2fa;help;verify' {
            break
        }
        'keybelt;2fa;help;resend' {
            break
        }
        'keybelt;2fa;help;disable' {
            break
        }
        'keybelt;2fa;help;recovery-codes' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Print the unused recovery codes, one a line')
            [CompletionResult]::new('save', 'save', [CompletionResultType]::ParameterValue, 'Save the unused recovery codes to a new file, readable by you alone')
            break
        }
        'keybelt;2fa;help;recovery-codes;list' {
            break
        }
        'keybelt;2fa;help;recovery-codes;save' {
            break
        }
        'keybelt;2fa;help;help' {
            break
        }
        'keybelt;org' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the organizations that you belong to')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what an organization demands of its members, and who you are there')
            [CompletionResult]::new('require-2fa', 'require-2fa', [CompletionResultType]::ParameterValue, 'Require two-factor authentication of everyone in an organization, or stop requiring it')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Find the members who have no two-factor authentication, or have not finished enrolling')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;org;list' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;org;show' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;org;require-2fa' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--off', '--off', [CompletionResultType]::ParameterName, 'Stop requiring it; whoever was locked out comes back in')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Only look what would happen; exit with 6 if the server would refuse')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;org;audit' {
            [CompletionResult]::new('--state', '--state', [CompletionResultType]::ParameterName, 'Only members in these states')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every organization that you belong to')
            [CompletionResult]::new('--everyone', '--everyone', [CompletionResultType]::ParameterName, 'Show everyone in the text too, not only the exceptions')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;org;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the organizations that you belong to')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what an organization demands of its members, and who you are there')
            [CompletionResult]::new('require-2fa', 'require-2fa', [CompletionResultType]::ParameterValue, 'Require two-factor authentication of everyone in an organization, or stop requiring it')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Find the members who have no two-factor authentication, or have not finished enrolling')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;org;help;list' {
            break
        }
        'keybelt;org;help;show' {
            break
        }
        'keybelt;org;help;require-2fa' {
            break
        }
        'keybelt;org;help;audit' {
            break
        }
        'keybelt;org;help;help' {
            break
        }
        'keybelt;password' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('change', 'change', [CompletionResultType]::ParameterValue, 'Change the password: the old one once, the new one twice')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;password;change' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--revoke-others', '--revoke-others', [CompletionResultType]::ParameterName, 'Then end every other token of the account, those used by CI too')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;password;help' {
            [CompletionResult]::new('change', 'change', [CompletionResultType]::ParameterValue, 'Change the password: the old one once, the new one twice')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;password;help;change' {
            break
        }
        'keybelt;password;help;help' {
            break
        }
        'keybelt;sudo' {
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'Leave sudo mode: the next command that needs it asks again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;sudo;end' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;sudo;help' {
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'Leave sudo mode: the next command that needs it asks again')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;sudo;help;end' {
            break
        }
        'keybelt;sudo;help;help' {
            break
        }
        'keybelt;exec' {
            [CompletionResult]::new('--env', '--env', [CompletionResultType]::ParameterName, 'Set this variable too, with its address variable beside it; any tool may send its token anywhere')
            [CompletionResult]::new('--min-remaining', '--min-remaining', [CompletionResultType]::ParameterName, 'Sign in again first if the token has less time left, such as 1h')
            [CompletionResult]::new('--password-command', '--password-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the password')
            [CompletionResult]::new('--code', '--code', [CompletionResultType]::ParameterName, 'Verification code; recovery codes are better given by --code-stdin, which no process list shows')
            [CompletionResult]::new('--code-command', '--code-command', [CompletionResultType]::ParameterName, 'Run a command, without a shell, and take the first line that it prints as the code')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--password-stdin', '--password-stdin', [CompletionResultType]::ParameterName, 'Read the password from the first line of standard input')
            [CompletionResult]::new('--code-stdin', '--code-stdin', [CompletionResultType]::ParameterName, 'Read the code from standard input, after the password if that comes from there too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;helper' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Make Terraform and OpenTofu ask keybelt for tokens')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Undo what install did')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that Terraform finds the helper')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the token of a host, as Terraform asks for it')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Store the token that Terraform gives on standard input')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget what Terraform stored')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;helper;install' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;helper;uninstall' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;helper;check' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;helper;get' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;helper;store' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;helper;forget' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;helper;help' {
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Make Terraform and OpenTofu ask keybelt for tokens')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Undo what install did')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that Terraform finds the helper')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the token of a host, as Terraform asks for it')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Store the token that Terraform gives on standard input')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget what Terraform stored')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;helper;help;install' {
            break
        }
        'keybelt;helper;help;uninstall' {
            break
        }
        'keybelt;helper;help;check' {
            break
        }
        'keybelt;helper;help;get' {
            break
        }
        'keybelt;helper;help;store' {
            break
        }
        'keybelt;helper;help;forget' {
            break
        }
        'keybelt;helper;help;help' {
            break
        }
        'keybelt;import' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Whose file')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Where to keep the tokens: file, keyring or docker:NAME')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--move', '--move', [CompletionResultType]::ParameterName, 'Remove what was imported from the other tool''s file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;store' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Move stored tokens to another store')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;store;migrate' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;store;help' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Move stored tokens to another store')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;store;help;migrate' {
            break
        }
        'keybelt;store;help;help' {
            break
        }
        'keybelt;sandbox' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start an account server on loopback and keep it running')
            [CompletionResult]::new('shell', 'shell', [CompletionResultType]::ParameterValue, 'Open a shell in which keybelt talks to a fresh sandbox')
            [CompletionResult]::new('code', 'code', [CompletionResultType]::ParameterValue, 'Print an account''s present verification code in the running sandbox')
            [CompletionResult]::new('tour', 'tour', [CompletionResultType]::ParameterValue, 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;sandbox;start' {
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Loopback address to listen on; port 0 picks a free one')
            [CompletionResult]::new('--generation', '--generation', [CompletionResultType]::ParameterName, 'Be a server of this generation: classic serves everything, modern has no password sign-in for tools')
            [CompletionResult]::new('--accounts', '--accounts', [CompletionResultType]::ParameterName, 'Add accounts user-1 to user-N')
            [CompletionResult]::new('--members', '--members', [CompletionResultType]::ParameterName, 'Fill the organization with N made-up members')
            [CompletionResult]::new('--limits', '--limits', [CompletionResultType]::ParameterName, 'Keep the documented request limits, or none')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Misbehave: KIND[@METHOD:/path][*COUNT]; can be repeated')
            [CompletionResult]::new('--aptible', '--aptible', [CompletionResultType]::ParameterName, 'Choose where nobody knows how Aptible''s server is: KEY=VALUE; can be repeated')
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('--tls', '--tls', [CompletionResultType]::ParameterName, 'Serve https too, with a certificate authority made for this run')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;sandbox;shell' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;sandbox;code' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;sandbox;tour' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;sandbox;help' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start an account server on loopback and keep it running')
            [CompletionResult]::new('shell', 'shell', [CompletionResultType]::ParameterValue, 'Open a shell in which keybelt talks to a fresh sandbox')
            [CompletionResult]::new('code', 'code', [CompletionResultType]::ParameterValue, 'Print an account''s present verification code in the running sandbox')
            [CompletionResult]::new('tour', 'tour', [CompletionResultType]::ParameterValue, 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;sandbox;help;start' {
            break
        }
        'keybelt;sandbox;help;shell' {
            break
        }
        'keybelt;sandbox;help;code' {
            break
        }
        'keybelt;sandbox;help;tour' {
            break
        }
        'keybelt;sandbox;help;help' {
            break
        }
        'keybelt;config' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every setting, its value, and where that comes from')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Give a setting a value')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a setting out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;config;list' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;config;get' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;config;set' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;config;unset' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;config;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every setting, its value, and where that comes from')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Give a setting a value')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a setting out')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;config;help;list' {
            break
        }
        'keybelt;config;help;get' {
            break
        }
        'keybelt;config;help;set' {
            break
        }
        'keybelt;config;help;unset' {
            break
        }
        'keybelt;config;help;help' {
            break
        }
        'keybelt;doctor' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;completions' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;man' {
            [CompletionResult]::new('-H', '-H ', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Account server: a host name, an address, or hcp, hcp-eu, aptible')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'Stored account to use; tokens in the environment are skipped')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Time for the command''s requests together, such as 30s')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Further root certificates, as a PEM file')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no narration')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print log lines; repeat for more')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Answer confirmations with yes')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never ask anything')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'keybelt;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in and keep the token')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Sign out: revoke the token on the server, then forget it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether you are signed in, as whom, with which token, and for how long')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Print whose token is used')
            [CompletionResult]::new('switch', 'switch', [CompletionResultType]::ParameterValue, 'Make a stored account, or a host, the one that commands use')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Print, list, create, revoke and rotate tokens')
            [CompletionResult]::new('session', 'session', [CompletionResultType]::ParameterValue, 'See and end what sign-ins of tools left behind')
            [CompletionResult]::new('2fa', '2fa', [CompletionResultType]::ParameterValue, 'Enable, verify and disable two-factor authentication')
            [CompletionResult]::new('org', 'org', [CompletionResultType]::ParameterValue, 'Require two-factor authentication in an organization, and audit its members')
            [CompletionResult]::new('password', 'password', [CompletionResultType]::ParameterValue, 'Change the password')
            [CompletionResult]::new('sudo', 'sudo', [CompletionResultType]::ParameterValue, 'Enter sudo mode: prove the password now')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command with the token in its environment')
            [CompletionResult]::new('helper', 'helper', [CompletionResultType]::ParameterValue, 'Be Terraform''s credentials helper')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take over tokens that Terraform or Aptible keep in plain text')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Move tokens between stores')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run an account server on loopback, to try everything without an account')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change what is configured')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find out what is wrong here, and what to do about it; safe to paste')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual, or write a page for every command')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'keybelt;help;login' {
            break
        }
        'keybelt;help;logout' {
            break
        }
        'keybelt;help;status' {
            break
        }
        'keybelt;help;whoami' {
            break
        }
        'keybelt;help;switch' {
            break
        }
        'keybelt;help;token' {
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print the token that is used for a host')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the account''s tokens, this one marked')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a token and print it, once')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what the server knows of a token')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End tokens on the server')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace the stored token by a new one, and end the old one')
            break
        }
        'keybelt;help;token;print' {
            break
        }
        'keybelt;help;token;list' {
            break
        }
        'keybelt;help;token;create' {
            break
        }
        'keybelt;help;token;show' {
            break
        }
        'keybelt;help;token;revoke' {
            break
        }
        'keybelt;help;token;rotate' {
            break
        }
        'keybelt;help;session' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the tokens that sign-ins of tools made')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'End such tokens')
            break
        }
        'keybelt;help;session;list' {
            break
        }
        'keybelt;help;session;revoke' {
            break
        }
        'keybelt;help;2fa' {
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show whether two-factor authentication is enabled and verified')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Enable it with an authenticator app or text messages')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Prove a begun enrolment with a code, and get the recovery codes')
            [CompletionResult]::new('resend', 'resend', [CompletionResultType]::ParameterValue, 'Have the verification code of a begun enrolment sent again')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Turn two-factor authentication off')
            [CompletionResult]::new('recovery-codes', 'recovery-codes', [CompletionResultType]::ParameterValue, 'Show or save the unused recovery codes, where the server shows them')
            break
        }
        'keybelt;help;2fa;status' {
            break
        }
        'keybelt;help;2fa;enable' {
            break
        }
        'keybelt;help;2fa;verify' {
            break
        }
        'keybelt;help;2fa;resend' {
            break
        }
        'keybelt;help;2fa;disable' {
            break
        }
        'keybelt;help;2fa;recovery-codes' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Print the unused recovery codes, one a line')
            [CompletionResult]::new('save', 'save', [CompletionResultType]::ParameterValue, 'Save the unused recovery codes to a new file, readable by you alone')
            break
        }
        'keybelt;help;2fa;recovery-codes;list' {
            break
        }
        'keybelt;help;2fa;recovery-codes;save' {
            break
        }
        'keybelt;help;org' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the organizations that you belong to')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what an organization demands of its members, and who you are there')
            [CompletionResult]::new('require-2fa', 'require-2fa', [CompletionResultType]::ParameterValue, 'Require two-factor authentication of everyone in an organization, or stop requiring it')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Find the members who have no two-factor authentication, or have not finished enrolling')
            break
        }
        'keybelt;help;org;list' {
            break
        }
        'keybelt;help;org;show' {
            break
        }
        'keybelt;help;org;require-2fa' {
            break
        }
        'keybelt;help;org;audit' {
            break
        }
        'keybelt;help;password' {
            [CompletionResult]::new('change', 'change', [CompletionResultType]::ParameterValue, 'Change the password: the old one once, the new one twice')
            break
        }
        'keybelt;help;password;change' {
            break
        }
        'keybelt;help;sudo' {
            [CompletionResult]::new('end', 'end', [CompletionResultType]::ParameterValue, 'Leave sudo mode: the next command that needs it asks again')
            break
        }
        'keybelt;help;sudo;end' {
            break
        }
        'keybelt;help;exec' {
            break
        }
        'keybelt;help;helper' {
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Make Terraform and OpenTofu ask keybelt for tokens')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Undo what install did')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that Terraform finds the helper')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the token of a host, as Terraform asks for it')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Store the token that Terraform gives on standard input')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Forget what Terraform stored')
            break
        }
        'keybelt;help;helper;install' {
            break
        }
        'keybelt;help;helper;uninstall' {
            break
        }
        'keybelt;help;helper;check' {
            break
        }
        'keybelt;help;helper;get' {
            break
        }
        'keybelt;help;helper;store' {
            break
        }
        'keybelt;help;helper;forget' {
            break
        }
        'keybelt;help;import' {
            break
        }
        'keybelt;help;store' {
            [CompletionResult]::new('migrate', 'migrate', [CompletionResultType]::ParameterValue, 'Move stored tokens to another store')
            break
        }
        'keybelt;help;store;migrate' {
            break
        }
        'keybelt;help;sandbox' {
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Start an account server on loopback and keep it running')
            [CompletionResult]::new('shell', 'shell', [CompletionResultType]::ParameterValue, 'Open a shell in which keybelt talks to a fresh sandbox')
            [CompletionResult]::new('code', 'code', [CompletionResultType]::ParameterValue, 'Print an account''s present verification code in the running sandbox')
            [CompletionResult]::new('tour', 'tour', [CompletionResultType]::ParameterValue, 'Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own')
            break
        }
        'keybelt;help;sandbox;start' {
            break
        }
        'keybelt;help;sandbox;shell' {
            break
        }
        'keybelt;help;sandbox;code' {
            break
        }
        'keybelt;help;sandbox;tour' {
            break
        }
        'keybelt;help;config' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every setting, its value, and where that comes from')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Give a setting a value')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Take a setting out')
            break
        }
        'keybelt;help;config;list' {
            break
        }
        'keybelt;help;config;get' {
            break
        }
        'keybelt;help;config;set' {
            break
        }
        'keybelt;help;config;unset' {
            break
        }
        'keybelt;help;doctor' {
            break
        }
        'keybelt;help;completions' {
            break
        }
        'keybelt;help;man' {
            break
        }
        'keybelt;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
