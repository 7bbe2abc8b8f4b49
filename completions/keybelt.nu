# Completion of keybelt's commands, options and values for nushell.
def "nu-complete keybelt" [context: string] {
  let words = ($context | split row --regex '\s+')
  ^keybelt complete -- ...$words | lines | each {|line|
    let parts = ($line | split row "\t")
    {value: $parts.0, description: ($parts | get --optional 1)}
  }
}

export extern keybelt [
  ...arguments: string@"nu-complete keybelt"
]
