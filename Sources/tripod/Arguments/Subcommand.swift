import Blueprint
import Shell

/// The first word of the command line that is not an option.
enum Subcommand: String, CaseIterable {
  case run, learn, present, test, lesson, lessons, designs, man, completions, help

  init(named word: String) throws(Misuse) {
    guard let known = Subcommand(rawValue: word) else {
      if tripod.lessons.contains(where: { $0.name == word }) { throw .lesson(word) }
      if Manual.chapters.contains(where: { $0.entries.contains { $0.name == word } }) {
        throw .shellCommand(word)
      }
      throw .unknownSubcommand(
        word, nearest: nearest(to: word, among: Subcommand.allCases.map(\.rawValue)))
    }
    self = known
  }

  /// The kind of thing to which the words after a subcommand refer.
  enum OperandType {
    case nothing, file, lesson, tool, shell, subcommand
  }

  var operand: OperandType {
    switch self {
    case .lessons, .designs, .man: .nothing
    case .run, .test: .file
    case .learn, .present: .lesson
    case .lesson: .tool
    case .completions: .shell
    case .help: .subcommand
    }
  }
}
