module completions {

  def "nu-complete keybelt output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt color" [] {
    [ "auto" "always" "never" ]
  }

  # Account security for Terraform Enterprise, HCP Terraform and Aptible
  export extern keybelt [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete keybelt login provider" [] {
    [ "atlas" "aptible" ]
  }

  def "nu-complete keybelt login output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt login color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign in and keep the token
  export extern "keybelt login" [
    --username: string        # User name or e-mail address
    --sms                     # Have the code sent as a text message
    --expires-in: string      # Lifetime to ask for, such as 12h or 7d
    --web                     # Sign in with a browser; login does so by itself where a server has no password sign-in for tools
    --no-browser              # Open no browser; only show the address
    --provider: string@"nu-complete keybelt login provider" # The server's dialect, if it cannot be told from the host: atlas or aptible
    --store: string           # Where to keep the token: file, keyring or docker:NAME
    --token-stdin             # Read a token from standard input instead, check it, and keep it
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt login output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt login color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    server?: string           # Account server [default: the current one, else app.terraform.io]
  ]

  def "nu-complete keybelt logout output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt logout color" [] {
    [ "auto" "always" "never" ]
  }

  # Sign out: revoke the token on the server, then forget it
  export extern "keybelt logout" [
    --all                     # Sign every stored account out
    --revoke                  # Revoke the token even if keybelt did not make it
    --local-only              # Only forget the token here; it stays valid on the server
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt logout output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt logout color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    server?: string           # Account server [default: the current one]
  ]

  def "nu-complete keybelt status output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt status color" [] {
    [ "auto" "always" "never" ]
  }

  # Show whether you are signed in, as whom, with which token, and for how long
  export extern "keybelt status" [
    --all                     # Show every stored account
    --offline                 # Do not ask the server
    --min-remaining: string   # Exit with 6 if the token has less time left, such as 1d
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt status output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt status color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt whoami output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt whoami color" [] {
    [ "auto" "always" "never" ]
  }

  # Print whose token is used
  export extern "keybelt whoami" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt whoami output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt whoami color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt switch output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt switch color" [] {
    [ "auto" "always" "never" ]
  }

  # Make a stored account, or a host, the one that commands use
  export extern "keybelt switch" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt switch output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt switch color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    to?: string               # The account, the host, or both
  ]

  def "nu-complete keybelt token output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt token color" [] {
    [ "auto" "always" "never" ]
  }

  # Print, list, create, revoke and rotate tokens
  export extern "keybelt token" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt token output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt token color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt token print output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt token print color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the token that is used for a host
  export extern "keybelt token print" [
    --reveal                  # Print it even on a terminal
    --min-remaining: string   # Exit with 3 if the token has less time left, such as 1h
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt token print output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt token print color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt token list output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt token list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the account's tokens, this one marked
  export extern "keybelt token list" [
    --stale: string           # Only tokens that were not used for so long, such as 90d
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt token list output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt token list color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt token create output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt token create color" [] {
    [ "auto" "always" "never" ]
  }

  # Create a token and print it, once
  export extern "keybelt token create" [
    --description: string     # What the list of tokens calls it
    --expires-in: string      # Lifetime to ask for, such as 30d; without it the server decides
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt token create output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt token create color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt token show output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt token show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what the server knows of a token
  export extern "keybelt token show" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt token show output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt token show color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    id: string                # The token's id, or its beginning
  ]

  def "nu-complete keybelt token revoke output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt token revoke color" [] {
    [ "auto" "always" "never" ]
  }

  # End tokens on the server
  export extern "keybelt token revoke" [
    --others                  # Every token but the one that is used here
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt token revoke output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt token revoke color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Ids of tokens, or their beginnings
  ]

  def "nu-complete keybelt token rotate output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt token rotate color" [] {
    [ "auto" "always" "never" ]
  }

  # Replace the stored token by a new one, and end the old one
  export extern "keybelt token rotate" [
    --expires-in: string      # Lifetime to ask for; without it, as long as the old token had
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt token rotate output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt token rotate color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt token help" [
  ]

  # Print the token that is used for a host
  export extern "keybelt token help print" [
  ]

  # List the account's tokens, this one marked
  export extern "keybelt token help list" [
  ]

  # Create a token and print it, once
  export extern "keybelt token help create" [
  ]

  # Show what the server knows of a token
  export extern "keybelt token help show" [
  ]

  # End tokens on the server
  export extern "keybelt token help revoke" [
  ]

  # Replace the stored token by a new one, and end the old one
  export extern "keybelt token help rotate" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt token help help" [
  ]

  def "nu-complete keybelt session output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt session color" [] {
    [ "auto" "always" "never" ]
  }

  # See and end what sign-ins of tools left behind
  export extern "keybelt session" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt session output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt session color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt session list output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt session list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the tokens that sign-ins of tools made
  export extern "keybelt session list" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt session list output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt session list color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt session revoke output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt session revoke color" [] {
    [ "auto" "always" "never" ]
  }

  # End such tokens
  export extern "keybelt session revoke" [
    --others                  # Every one but the one that is used here
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt session revoke output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt session revoke color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    ...ids: string            # Ids, or their beginnings
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt session help" [
  ]

  # List the tokens that sign-ins of tools made
  export extern "keybelt session help list" [
  ]

  # End such tokens
  export extern "keybelt session help revoke" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt session help help" [
  ]

  def "nu-complete keybelt 2fa output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa color" [] {
    [ "auto" "always" "never" ]
  }

  # Enable, verify and disable two-factor authentication
  export extern "keybelt 2fa" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt 2fa status output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa status color" [] {
    [ "auto" "always" "never" ]
  }

  # Show whether two-factor authentication is enabled and verified
  export extern "keybelt 2fa status" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa status output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa status color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt 2fa enable output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa enable color" [] {
    [ "auto" "always" "never" ]
  }

  # Enable it with an authenticator app or text messages
  export extern "keybelt 2fa enable" [
    --app                     # Codes come from an authenticator app
    --sms: string             # Codes come as text messages to NUMBER; beside --app, NUMBER is the backup
    --no-verify               # Stop after the beginning, and print what the app needs; keybelt 2fa verify finishes
    --no-qr                   # Draw no QR code; the secret is shown as text
    --recovery-codes-file: path # Save the recovery codes to a new file, readable by you alone
    --revoke-others           # End every other token of the account once it is enabled, those that CI uses too
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa enable output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa enable color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt 2fa verify output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa verify color" [] {
    [ "auto" "always" "never" ]
  }

  # Prove a begun enrolment with a code, and get the recovery codes
  export extern "keybelt 2fa verify" [
    --recovery-codes-file: path # Save the recovery codes to a new file, readable by you alone
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa verify output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa verify color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    verification_code?: string # The code that the app shows or that was sent
  ]

  def "nu-complete keybelt 2fa resend output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa resend color" [] {
    [ "auto" "always" "never" ]
  }

  # Have the verification code of a begun enrolment sent again
  export extern "keybelt 2fa resend" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa resend output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa resend color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt 2fa disable output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa disable color" [] {
    [ "auto" "always" "never" ]
  }

  # Turn two-factor authentication off
  export extern "keybelt 2fa disable" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa disable output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa disable color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt 2fa recovery-codes output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa recovery-codes color" [] {
    [ "auto" "always" "never" ]
  }

  # Show or save the unused recovery codes, where the server shows them
  export extern "keybelt 2fa recovery-codes" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa recovery-codes output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa recovery-codes color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt 2fa recovery-codes list output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa recovery-codes list color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the unused recovery codes, one a line
  export extern "keybelt 2fa recovery-codes list" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa recovery-codes list output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa recovery-codes list color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt 2fa recovery-codes save output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt 2fa recovery-codes save color" [] {
    [ "auto" "always" "never" ]
  }

  # Save the unused recovery codes to a new file, readable by you alone
  export extern "keybelt 2fa recovery-codes save" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt 2fa recovery-codes save output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt 2fa recovery-codes save color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    file: path                # The file; it must not exist
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt 2fa recovery-codes help" [
  ]

  # Print the unused recovery codes, one a line
  export extern "keybelt 2fa recovery-codes help list" [
  ]

  # Save the unused recovery codes to a new file, readable by you alone
  export extern "keybelt 2fa recovery-codes help save" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt 2fa recovery-codes help help" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt 2fa help" [
  ]

  # Show whether two-factor authentication is enabled and verified
  export extern "keybelt 2fa help status" [
  ]

  # Enable it with an authenticator app or text messages
  export extern "keybelt 2fa help enable" [
  ]

  # Prove a begun enrolment with a code, and get the recovery codes
  export extern "keybelt 2fa help verify" [
  ]

  # Have the verification code of a begun enrolment sent again
  export extern "keybelt 2fa help resend" [
  ]

  # Turn two-factor authentication off
  export extern "keybelt 2fa help disable" [
  ]

  # Show or save the unused recovery codes, where the server shows them
  export extern "keybelt 2fa help recovery-codes" [
  ]

  # Print the unused recovery codes, one a line
  export extern "keybelt 2fa help recovery-codes list" [
  ]

  # Save the unused recovery codes to a new file, readable by you alone
  export extern "keybelt 2fa help recovery-codes save" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt 2fa help help" [
  ]

  def "nu-complete keybelt org output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt org color" [] {
    [ "auto" "always" "never" ]
  }

  # Require two-factor authentication in an organization, and audit its members
  export extern "keybelt org" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt org output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt org color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt org list output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt org list color" [] {
    [ "auto" "always" "never" ]
  }

  # List the organizations that you belong to
  export extern "keybelt org list" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt org list output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt org list color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt org show output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt org show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what an organization demands of its members, and who you are there
  export extern "keybelt org show" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt org show output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt org show color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    organization: string      # The organization
  ]

  def "nu-complete keybelt org require-2fa output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt org require-2fa color" [] {
    [ "auto" "always" "never" ]
  }

  # Require two-factor authentication of everyone in an organization, or stop requiring it
  export extern "keybelt org require-2fa" [
    --off                     # Stop requiring it; whoever was locked out comes back in
    --dry-run                 # Only look what would happen; exit with 6 if the server would refuse
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt org require-2fa output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt org require-2fa color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    organization: string      # The organization
  ]

  def "nu-complete keybelt org audit state" [] {
    [ "on" "started" "off" "unknown" "invited" "service" ]
  }

  def "nu-complete keybelt org audit output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt org audit color" [] {
    [ "auto" "always" "never" ]
  }

  # Find the members who have no two-factor authentication, or have not finished enrolling
  export extern "keybelt org audit" [
    --all                     # Every organization that you belong to
    --everyone                # Show everyone in the text too, not only the exceptions
    --state: string@"nu-complete keybelt org audit state" # Only members in these states
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt org audit output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt org audit color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    ...organizations: string  # Organizations
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt org help" [
  ]

  # List the organizations that you belong to
  export extern "keybelt org help list" [
  ]

  # Show what an organization demands of its members, and who you are there
  export extern "keybelt org help show" [
  ]

  # Require two-factor authentication of everyone in an organization, or stop requiring it
  export extern "keybelt org help require-2fa" [
  ]

  # Find the members who have no two-factor authentication, or have not finished enrolling
  export extern "keybelt org help audit" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt org help help" [
  ]

  def "nu-complete keybelt password output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt password color" [] {
    [ "auto" "always" "never" ]
  }

  # Change the password
  export extern "keybelt password" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt password output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt password color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt password change output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt password change color" [] {
    [ "auto" "always" "never" ]
  }

  # Change the password: the old one once, the new one twice
  export extern "keybelt password change" [
    --revoke-others           # Then end every other token of the account, those used by CI too
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt password change output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt password change color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt password help" [
  ]

  # Change the password: the old one once, the new one twice
  export extern "keybelt password help change" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt password help help" [
  ]

  def "nu-complete keybelt sudo output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt sudo color" [] {
    [ "auto" "always" "never" ]
  }

  # Enter sudo mode: prove the password now
  export extern "keybelt sudo" [
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt sudo output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt sudo color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt sudo end output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt sudo end color" [] {
    [ "auto" "always" "never" ]
  }

  # Leave sudo mode: the next command that needs it asks again
  export extern "keybelt sudo end" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt sudo end output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt sudo end color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt sudo help" [
  ]

  # Leave sudo mode: the next command that needs it asks again
  export extern "keybelt sudo help end" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt sudo help help" [
  ]

  def "nu-complete keybelt exec variable" [] {
    [ "ATLAS_TOKEN" "TFE_TOKEN" ]
  }

  def "nu-complete keybelt exec output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt exec color" [] {
    [ "auto" "always" "never" ]
  }

  # Run a command with the token in its environment
  export extern "keybelt exec" [
    --env: string@"nu-complete keybelt exec variable" # Set this variable too, with its address variable beside it; any tool may send its token anywhere
    --min-remaining: string   # Sign in again first if the token has less time left, such as 1h
    --password-stdin          # Read the password from the first line of standard input
    --password-command: string # Run a command, without a shell, and take the first line that it prints as the password
    --code: string            # Verification code; recovery codes are better given by --code-stdin, which no process list shows
    --code-stdin              # Read the code from standard input, after the password if that comes from there too
    --code-command: string    # Run a command, without a shell, and take the first line that it prints as the code
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt exec output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt exec color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    ...command: string        # The command and its arguments
  ]

  def "nu-complete keybelt helper output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt helper color" [] {
    [ "auto" "always" "never" ]
  }

  # Be Terraform's credentials helper
  export extern "keybelt helper" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt helper output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt helper color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt helper install output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt helper install color" [] {
    [ "auto" "always" "never" ]
  }

  # Make Terraform and OpenTofu ask keybelt for tokens
  export extern "keybelt helper install" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt helper install output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt helper install color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt helper uninstall output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt helper uninstall color" [] {
    [ "auto" "always" "never" ]
  }

  # Undo what install did
  export extern "keybelt helper uninstall" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt helper uninstall output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt helper uninstall color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt helper check output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt helper check color" [] {
    [ "auto" "always" "never" ]
  }

  # Check that Terraform finds the helper
  export extern "keybelt helper check" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt helper check output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt helper check color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt helper get output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt helper get color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the token of a host, as Terraform asks for it
  export extern "keybelt helper get" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt helper get output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt helper get color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    host: string              # The host, as Terraform writes it
  ]

  def "nu-complete keybelt helper store output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt helper store color" [] {
    [ "auto" "always" "never" ]
  }

  # Store the token that Terraform gives on standard input
  export extern "keybelt helper store" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt helper store output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt helper store color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    host: string              # The host, as Terraform writes it
  ]

  def "nu-complete keybelt helper forget output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt helper forget color" [] {
    [ "auto" "always" "never" ]
  }

  # Forget what Terraform stored
  export extern "keybelt helper forget" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt helper forget output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt helper forget color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    host: string              # The host, as Terraform writes it
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt helper help" [
  ]

  # Make Terraform and OpenTofu ask keybelt for tokens
  export extern "keybelt helper help install" [
  ]

  # Undo what install did
  export extern "keybelt helper help uninstall" [
  ]

  # Check that Terraform finds the helper
  export extern "keybelt helper help check" [
  ]

  # Print the token of a host, as Terraform asks for it
  export extern "keybelt helper help get" [
  ]

  # Store the token that Terraform gives on standard input
  export extern "keybelt helper help store" [
  ]

  # Forget what Terraform stored
  export extern "keybelt helper help forget" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt helper help help" [
  ]

  def "nu-complete keybelt import from" [] {
    [ "terraform" "aptible" ]
  }

  def "nu-complete keybelt import output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt import color" [] {
    [ "auto" "always" "never" ]
  }

  # Take over tokens that Terraform or Aptible keep in plain text
  export extern "keybelt import" [
    --from: string@"nu-complete keybelt import from" # Whose file
    --move                    # Remove what was imported from the other tool's file
    --store: string           # Where to keep the tokens: file, keyring or docker:NAME
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt import output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt import color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt store output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt store color" [] {
    [ "auto" "always" "never" ]
  }

  # Move tokens between stores
  export extern "keybelt store" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt store output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt store color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt store migrate output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt store migrate color" [] {
    [ "auto" "always" "never" ]
  }

  # Move stored tokens to another store
  export extern "keybelt store migrate" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt store migrate output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt store migrate color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    to: string                # The store: file, keyring or docker:NAME
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt store help" [
  ]

  # Move stored tokens to another store
  export extern "keybelt store help migrate" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt store help help" [
  ]

  def "nu-complete keybelt sandbox output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt sandbox color" [] {
    [ "auto" "always" "never" ]
  }

  # Run an account server on loopback, to try everything without an account
  export extern "keybelt sandbox" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt sandbox output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt sandbox color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt sandbox start generation" [] {
    [ "classic" "modern" ]
  }

  def "nu-complete keybelt sandbox start limits" [] {
    [ "documented" "off" ]
  }

  def "nu-complete keybelt sandbox start output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt sandbox start color" [] {
    [ "auto" "always" "never" ]
  }

  # Start an account server on loopback and keep it running
  export extern "keybelt sandbox start" [
    --listen: string          # Loopback address to listen on; port 0 picks a free one
    --tls                     # Serve https too, with a certificate authority made for this run
    --generation: string@"nu-complete keybelt sandbox start generation" # Be a server of this generation: classic serves everything, modern has no password sign-in for tools
    --accounts: string        # Add accounts user-1 to user-N
    --members: string         # Fill the organization with N made-up members
    --limits: string@"nu-complete keybelt sandbox start limits" # Keep the documented request limits, or none
    --fault: string           # Misbehave: KIND[@METHOD:/path][*COUNT]; can be repeated
    --aptible: string         # Choose where nobody knows how Aptible's server is: KEY=VALUE; can be repeated
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt sandbox start output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt sandbox start color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt sandbox shell output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt sandbox shell color" [] {
    [ "auto" "always" "never" ]
  }

  # Open a shell in which keybelt talks to a fresh sandbox
  export extern "keybelt sandbox shell" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt sandbox shell output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt sandbox shell color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt sandbox code output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt sandbox code color" [] {
    [ "auto" "always" "never" ]
  }

  # Print an account's present verification code in the running sandbox
  export extern "keybelt sandbox code" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt sandbox code output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt sandbox code color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    user: string              # The account, such as bob
  ]

  def "nu-complete keybelt sandbox tour output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt sandbox tour color" [] {
    [ "auto" "always" "never" ]
  }

  # Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own
  export extern "keybelt sandbox tour" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt sandbox tour output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt sandbox tour color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt sandbox help" [
  ]

  # Start an account server on loopback and keep it running
  export extern "keybelt sandbox help start" [
  ]

  # Open a shell in which keybelt talks to a fresh sandbox
  export extern "keybelt sandbox help shell" [
  ]

  # Print an account's present verification code in the running sandbox
  export extern "keybelt sandbox help code" [
  ]

  # Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own
  export extern "keybelt sandbox help tour" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt sandbox help help" [
  ]

  def "nu-complete keybelt config output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt config color" [] {
    [ "auto" "always" "never" ]
  }

  # Show and change what is configured
  export extern "keybelt config" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt config output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt config color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt config list output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt config list color" [] {
    [ "auto" "always" "never" ]
  }

  # List every setting, its value, and where that comes from
  export extern "keybelt config list" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt config list output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt config list color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt config get output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt config get color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the value of a setting
  export extern "keybelt config get" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt config get output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt config get color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    key: string               # The setting, such as timeout or hosts.tfe.example.com.username
  ]

  def "nu-complete keybelt config set output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt config set color" [] {
    [ "auto" "always" "never" ]
  }

  # Give a setting a value
  export extern "keybelt config set" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt config set output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt config set color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    key: string               # The setting, such as timeout or hosts.tfe.example.com.username
    value: string             # The value
  ]

  def "nu-complete keybelt config unset output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt config unset color" [] {
    [ "auto" "always" "never" ]
  }

  # Take a setting out
  export extern "keybelt config unset" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt config unset output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt config unset color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    key: string               # The setting, such as timeout or hosts.tfe.example.com.username
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt config help" [
  ]

  # List every setting, its value, and where that comes from
  export extern "keybelt config help list" [
  ]

  # Print the value of a setting
  export extern "keybelt config help get" [
  ]

  # Give a setting a value
  export extern "keybelt config help set" [
  ]

  # Take a setting out
  export extern "keybelt config help unset" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt config help help" [
  ]

  def "nu-complete keybelt doctor output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt doctor color" [] {
    [ "auto" "always" "never" ]
  }

  # Find out what is wrong here, and what to do about it; safe to paste
  export extern "keybelt doctor" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt doctor output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt doctor color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
  ]

  def "nu-complete keybelt completions shell" [] {
    [ "bash" "elvish" "fish" "nushell" "powershell" "zsh" ]
  }

  def "nu-complete keybelt completions output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt completions color" [] {
    [ "auto" "always" "never" ]
  }

  # Print a completion script
  export extern "keybelt completions" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt completions output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt completions color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    shell: string@"nu-complete keybelt completions shell" # The shell
  ]

  def "nu-complete keybelt man output" [] {
    [ "text" "json" "csv" ]
  }

  def "nu-complete keybelt man color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the manual, or write a page for every command
  export extern "keybelt man" [
    --host(-H): string        # Account server: a host name, an address, or hcp, hcp-eu, aptible
    --account: string         # Stored account to use; tokens in the environment are skipped
    --output(-o): string@"nu-complete keybelt man output" # Output format
    --quiet(-q)               # Print no narration
    --verbose(-v)             # Print log lines; repeat for more
    --yes(-y)                 # Answer confirmations with yes
    --no-input                # Never ask anything
    --color: string@"nu-complete keybelt man color" # When to use colour
    --timeout: string         # Time for the command's requests together, such as 30s
    --ca-file: path           # Further root certificates, as a PEM file
    --help(-h)                # Print help (see more with '--help')
    directory?: path          # Write a page for every command into this directory, instead of printing keybelt(1)
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt help" [
  ]

  # Sign in and keep the token
  export extern "keybelt help login" [
  ]

  # Sign out: revoke the token on the server, then forget it
  export extern "keybelt help logout" [
  ]

  # Show whether you are signed in, as whom, with which token, and for how long
  export extern "keybelt help status" [
  ]

  # Print whose token is used
  export extern "keybelt help whoami" [
  ]

  # Make a stored account, or a host, the one that commands use
  export extern "keybelt help switch" [
  ]

  # Print, list, create, revoke and rotate tokens
  export extern "keybelt help token" [
  ]

  # Print the token that is used for a host
  export extern "keybelt help token print" [
  ]

  # List the account's tokens, this one marked
  export extern "keybelt help token list" [
  ]

  # Create a token and print it, once
  export extern "keybelt help token create" [
  ]

  # Show what the server knows of a token
  export extern "keybelt help token show" [
  ]

  # End tokens on the server
  export extern "keybelt help token revoke" [
  ]

  # Replace the stored token by a new one, and end the old one
  export extern "keybelt help token rotate" [
  ]

  # See and end what sign-ins of tools left behind
  export extern "keybelt help session" [
  ]

  # List the tokens that sign-ins of tools made
  export extern "keybelt help session list" [
  ]

  # End such tokens
  export extern "keybelt help session revoke" [
  ]

  # Enable, verify and disable two-factor authentication
  export extern "keybelt help 2fa" [
  ]

  # Show whether two-factor authentication is enabled and verified
  export extern "keybelt help 2fa status" [
  ]

  # Enable it with an authenticator app or text messages
  export extern "keybelt help 2fa enable" [
  ]

  # Prove a begun enrolment with a code, and get the recovery codes
  export extern "keybelt help 2fa verify" [
  ]

  # Have the verification code of a begun enrolment sent again
  export extern "keybelt help 2fa resend" [
  ]

  # Turn two-factor authentication off
  export extern "keybelt help 2fa disable" [
  ]

  # Show or save the unused recovery codes, where the server shows them
  export extern "keybelt help 2fa recovery-codes" [
  ]

  # Print the unused recovery codes, one a line
  export extern "keybelt help 2fa recovery-codes list" [
  ]

  # Save the unused recovery codes to a new file, readable by you alone
  export extern "keybelt help 2fa recovery-codes save" [
  ]

  # Require two-factor authentication in an organization, and audit its members
  export extern "keybelt help org" [
  ]

  # List the organizations that you belong to
  export extern "keybelt help org list" [
  ]

  # Show what an organization demands of its members, and who you are there
  export extern "keybelt help org show" [
  ]

  # Require two-factor authentication of everyone in an organization, or stop requiring it
  export extern "keybelt help org require-2fa" [
  ]

  # Find the members who have no two-factor authentication, or have not finished enrolling
  export extern "keybelt help org audit" [
  ]

  # Change the password
  export extern "keybelt help password" [
  ]

  # Change the password: the old one once, the new one twice
  export extern "keybelt help password change" [
  ]

  # Enter sudo mode: prove the password now
  export extern "keybelt help sudo" [
  ]

  # Leave sudo mode: the next command that needs it asks again
  export extern "keybelt help sudo end" [
  ]

  # Run a command with the token in its environment
  export extern "keybelt help exec" [
  ]

  # Be Terraform's credentials helper
  export extern "keybelt help helper" [
  ]

  # Make Terraform and OpenTofu ask keybelt for tokens
  export extern "keybelt help helper install" [
  ]

  # Undo what install did
  export extern "keybelt help helper uninstall" [
  ]

  # Check that Terraform finds the helper
  export extern "keybelt help helper check" [
  ]

  # Print the token of a host, as Terraform asks for it
  export extern "keybelt help helper get" [
  ]

  # Store the token that Terraform gives on standard input
  export extern "keybelt help helper store" [
  ]

  # Forget what Terraform stored
  export extern "keybelt help helper forget" [
  ]

  # Take over tokens that Terraform or Aptible keep in plain text
  export extern "keybelt help import" [
  ]

  # Move tokens between stores
  export extern "keybelt help store" [
  ]

  # Move stored tokens to another store
  export extern "keybelt help store migrate" [
  ]

  # Run an account server on loopback, to try everything without an account
  export extern "keybelt help sandbox" [
  ]

  # Start an account server on loopback and keep it running
  export extern "keybelt help sandbox start" [
  ]

  # Open a shell in which keybelt talks to a fresh sandbox
  export extern "keybelt help sandbox shell" [
  ]

  # Print an account's present verification code in the running sandbox
  export extern "keybelt help sandbox code" [
  ]

  # Watch keybelt sign in with two factors, enrol and sign out, in a sandbox of its own
  export extern "keybelt help sandbox tour" [
  ]

  # Show and change what is configured
  export extern "keybelt help config" [
  ]

  # List every setting, its value, and where that comes from
  export extern "keybelt help config list" [
  ]

  # Print the value of a setting
  export extern "keybelt help config get" [
  ]

  # Give a setting a value
  export extern "keybelt help config set" [
  ]

  # Take a setting out
  export extern "keybelt help config unset" [
  ]

  # Find out what is wrong here, and what to do about it; safe to paste
  export extern "keybelt help doctor" [
  ]

  # Print a completion script
  export extern "keybelt help completions" [
  ]

  # Print the manual, or write a page for every command
  export extern "keybelt help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "keybelt help help" [
  ]

}

export use completions *
