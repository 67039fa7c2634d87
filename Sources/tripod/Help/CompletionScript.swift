import Shell

/// The script that makes a command shell complete the words of a `tripod` command line.
enum CompletionScript {
  static func lines(for shell: CommandShell) -> [String] {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  private static let subcommands = Subcommand.allCases.map(\.rawValue)
  private static let lessons = tripod.lessons.map(\.name).joined(separator: " ")
  private static let optionNames = Option.all.map(\.name)
  private static let shells = CommandShell.allCases.map(\.rawValue).joined(separator: " ")
  private static let tools = LessonTool.allCases.map(\.rawValue).joined(separator: " ")

  /// Returns the words that can follow a subcommand, and whether a file can.
  private static func words(after subcommand: Subcommand) -> (words: String, files: Bool) {
    switch subcommand.operand {
    case .nothing: ("", false)
    case .file: ("", true)
    case .lesson: (lessons, true)
    case .tool: ("\(tools) \(lessons)", true)
    case .shell: (shells, false)
    case .subcommand: (subcommands.joined(separator: " "), false)
    }
  }

  // MARK: bash

  private static var bash: [String] {
    let values = Option.all.filter { $0.value != nil }.map { option in
      let choices = option.choices.joined(separator: " ")
      let words = option.takesFolder ? "compgen -d" : "compgen -W \"\(choices)\""
      return "    \(option.name)) COMPREPLY=($(\(words) -- \"$cur\")); return ;;"
    }
    let operands = Subcommand.allCases.map { subcommand in
      let (words, files) = words(after: subcommand)
      let flags = files ? "-f " : ""
      return
        "    \(subcommand.rawValue)) COMPREPLY=($(compgen \(flags)-W \"\(words)\" -- \"$cur\")) ;;"
    }
    return [
      "_tripod() {",
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} word subcommand=",
      "  COMPREPLY=()",
      "  case $prev in",
    ] + values + [
      "  esac",
      "  if [[ $cur == -* ]]; then",
      "    COMPREPLY=($(compgen -W \"\(optionNames.joined(separator: " "))\" -- \"$cur\"))",
      "    return",
      "  fi",
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do",
      "    case $word in \(subcommands.joined(separator: "|"))) subcommand=$word; break ;; esac",
      "  done",
      "  case $subcommand in",
    ] + operands + [
      "    *) COMPREPLY=($(compgen -W \"\((subcommands + optionNames).joined(separator: " "))\" -- \"$cur\")) ;;",
      "  esac",
      "}",
      "complete -o filenames -F _tripod tripod",
    ]
  }

  // MARK: zsh

  private static var zsh: [String] {
    let options = Option.all.map { option in
      let isRepeatable = option.name == "-c" ? "*" : ""
      let choices = option.takesFolder ? "_files -/" : "(\(option.choices.joined(separator: " ")))"
      let value = option.value.map { ":\($0):\(choices)" } ?? ""
      return "    \(quoted("\(isRepeatable)\(option.name)[\(bracketed(option.summary))]\(value)")) \\"
    }
    let operands = Subcommand.allCases.map { subcommand in
      let (words, files) = words(after: subcommand)
      let all = (words.isEmpty ? [] : ["compadd \(words)"]) + (files ? ["_files"] : [])
      return "        \(subcommand.rawValue)) \(all.isEmpty ? ":" : all.joined(separator: "; ")) ;;"
    }
    return ["#compdef tripod", "_tripod() {", "  local state", "  _arguments -C \\"] + options + [
      "    '1: :(\(subcommands.joined(separator: " ")))' \\",
      "    '*:: :->rest'",
      "  case $state in",
      "    rest)",
      "      case $words[1] in",
    ] + operands + [
      "      esac ;;",
      "  esac",
      "}",
      // The script can be autoloaded or sourced.
      "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _tripod \"$@\"; else compdef _tripod tripod; fi",
    ]
  }

  private static func bracketed(_ text: String) -> String {
    text.replacing("[", with: "\\[").replacing("]", with: "\\]").replacing(":", with: "\\:")
  }

  // MARK: fish

  private static var fish: [String] {
    let subcommands = Subcommand.allCases.map { subcommand in
      "complete -c tripod -n __fish_use_subcommand -f -a \(subcommand.rawValue) -d \(quoted(Invocation.summary(of: subcommand)))"
    }
    let operands = Subcommand.allCases.map { subcommand in
      let (words, files) = words(after: subcommand)
      return
        "complete -c tripod -n '__fish_seen_subcommand_from \(subcommand.rawValue)'\(files ? "" : " -f") -a \(quoted(words))"
    }
    let options = Option.all.map { option in
      let name =
        option.name.hasPrefix("--") ? "-l \(option.name.dropFirst(2))" : "-s \(option.name.dropFirst())"
      let choices =
        option.takesFolder ? "(__fish_complete_directories)" : option.choices.joined(separator: " ")
      let value = option.value == nil ? "" : " -x -a \(quoted(choices))"
      return "complete -c tripod \(name)\(value) -d \(quoted(option.summary))"
    }
    let withFiles = Subcommand.allCases.filter { words(after: $0).files }.map(\.rawValue).joined(
      separator: " ")
    return ["complete -c tripod -n 'not __fish_seen_subcommand_from \(withFiles)' -f"] + operands
      + subcommands
      + options
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
