import Blueprint
import Facts
import Inspector

@testable import Course
@testable import Shell

/// The words of the language, in the format of the fuzzer's dictionary.
enum FuzzDictionary {
  static var text: String {
    let words = commands + values + facts + lessons
    let unique = words.reduce(into: [String]()) { if !$0.contains($1), !$1.isEmpty { $0.append($1) } }
    return unique.filter { $0.utf8.count <= 60 }.map { "\"\(escaped($0))\"" }.joined(separator: "\n")
  }

  private static var commands: [String] {
    var words = ["; ", "\n", "whatif ", "at 2s "]
    for command in Command.all {
      words.append(command.name + " ")
      words += command.usage.split(separator: " ").map(String.init)
      words += Tutor.commands(in: command.example)
    }
    return words
  }

  private static var values: [String] {
    Setting.all.map { $0.name.rawValue + " " } + Algorithm.allCases.map(\.rawValue)
      + ComponentKind.allCases.map { ".\($0.rawValue)" } + FuzzSessions.designs.map(\.name)
      + FuzzSessions.lessons.map(\.name)
      + [
        "lb-1", "lb-2", "server-1", "server-2", "server-3", "lb-1--server-1", "internet--lb-1", "database",
        "site",
        "1s", "500ms", "10.0.0.1", "50%", "rate 50/s", "9223372036854775807", "-1", "site.tripod",
        "run.tripod",
      ]
  }

  private static var facts: [String] {
    Fact.table.map(\.example) + Fact.fields.map(\.usage) + Tutor.factOperators
  }

  private static var lessons: [String] {
    FrontMatter.keys.map { "\($0): " } + Fence.BlockRole.allCases.map { "```tripod \($0.rawValue)\n" } + [
      "---\n", "```\n", "<!-- task: a -->\n", "<details><summary>Hint 1</summary>\n", "</details>\n", "## ",
      "begin ",
      "line ", "task ", "finish ", "said ", "forget ", "seal ", " after ", "step ", "file ", "text ", "seed ",
      "claim \"a\": ",
      "expect holds", "kind: ", "expect: ", "otherwise: ", "because: ", "choice ", "\u{202E}", "\u{9B}",
      "\u{200D}", "e\u{301}",
    ]
  }

  private static func escaped(_ word: String) -> String {
    word.utf8.map { byte in
      (32..<127).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        ? String(Unicode.Scalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

extension Tutor {
  fileprivate static let factOperators = [
    " and ", " or ", "not ", " in ", " == ", " != ", " < ", " >= ", "{", "}", "[", "]", "(", ")", ".count",
    ".first",
    "start.", "run(", "seen(", "survives(break(", " ± ", "read", "write", "static",
  ]
}
