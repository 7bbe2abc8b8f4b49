# Completion of keybelt's commands, options and values for elvish.
use str
set edit:completion:arg-completer[keybelt] = {|@words|
  try {
    (external keybelt) complete -- $@words 2>/dev/null | from-lines | each {|line|
      var value @help = (str:split "\t" $line)
      if (eq $help []) {
        put $value
      } else {
        edit:complex-candidate $value &display=$value' ('$help[0]')'
      }
    }
  } catch { }
}
