import Shell

/// A command shell that can complete the program's own words, and the script that teaches it to.
enum CommandShell: String, CaseIterable {
  case bash, zsh, fish

  static let names = allCases.map(\.rawValue)

  var script: [String] {
    switch self {
    case .bash: CommandShell.bashScript
    case .zsh: CommandShell.zshScript
    case .fish: CommandShell.fishScript
    }
  }

  private static let subcommands = Subcommand.allCases.map(\.rawValue)
  private static let lessons = tripod.lessons.map(\.name).joined(separator: " ")
  private static let optionNames = Option.all.map(\.name)

  // MARK: bash

  private static var bashScript: [String] {
    let values = Option.all.filter { !$0.choices.isEmpty }.map { option in
      "    \(option.name)) COMPREPLY=($(compgen -W \"\(option.choices.joined(separator: " "))\" -- \"$cur\")); return ;;"
    }
    let words = (subcommands + optionNames).joined(separator: " ")
    return [
      "_tripod() {",
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}",
      "  COMPREPLY=()",
      "  case $prev in",
    ] + values + [
      "    completions) COMPREPLY=($(compgen -W \"\(names.joined(separator: " "))\" -- \"$cur\")); return ;;",
      "    learn | present) COMPREPLY=($(compgen -f -W \"\(lessons)\" -- \"$cur\")); return ;;",
      "  esac",
      "  if [[ \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" == *\" run \"* && $cur != -* ]]; then",
      "    COMPREPLY=($(compgen -f -- \"$cur\"))",
      "  else",
      "    COMPREPLY=($(compgen -W \"\(words)\" -- \"$cur\"))",
      "  fi",
      "}",
      "complete -o filenames -F _tripod tripod",
    ]
  }

  // MARK: zsh

  private static var zshScript: [String] {
    let options = Option.all.map { option in
      let isRepeatable = option.name == "-c" ? "*" : ""
      let value = option.value.map { ":\($0):(\(option.choices.joined(separator: " ")))" } ?? ""
      return "    \(quoted("\(isRepeatable)\(option.name)[\(bracketed(option.summary))]\(value)")) \\"
    }
    return ["#compdef tripod", "_tripod() {", "  local state", "  _arguments -C \\"] + options + [
      "    '1: :(\(subcommands.joined(separator: " ")))' \\",
      "    '*:: :->rest'",
      "  case $state in",
      "    rest)",
      "      case $words[1] in",
      "        run) _files ;;",
      "        completions) compadd \(names.joined(separator: " ")) ;;",
      "        learn | present) compadd \(lessons); _files ;;",
      "      esac ;;",
      "  esac",
      "}",
      // Read as a file of completions, or sourced.
      "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _tripod \"$@\"; else compdef _tripod tripod; fi",
    ]
  }

  private static func bracketed(_ text: String) -> String {
    text.replacing("[", with: "\\[").replacing("]", with: "\\]").replacing(":", with: "\\:")
  }

  // MARK: fish

  private static var fishScript: [String] {
    let subcommands = Form.all.compactMap { form -> String? in
      guard let word = form.words.split(separator: " ").first, !word.hasPrefix("-") else { return nil }
      return "complete -c tripod -n __fish_use_subcommand -f -a \(word) -d \(quoted(form.summary))"
    }
    let options = Option.all.map { option in
      let name =
        option.name.hasPrefix("--") ? "-l \(option.name.dropFirst(2))" : "-s \(option.name.dropFirst())"
      let value = option.value == nil ? "" : " -x -a \(quoted(option.choices.joined(separator: " ")))"
      return "complete -c tripod \(name)\(value) -d \(quoted(option.summary))"
    }
    return [
      "complete -c tripod -n 'not __fish_seen_subcommand_from run learn present test' -f",
      "complete -c tripod -n '__fish_seen_subcommand_from completions' -f -a \(quoted(names.joined(separator: " ")))",
      "complete -c tripod -n '__fish_seen_subcommand_from learn present' -a \(quoted(lessons))",
    ] + subcommands + options
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
