/// A piece of a lesson's text.
public enum Block: Equatable, Sendable {
  case heading(level: Int, String)
  case paragraph(String)
  case list([Item])
  case table(head: [String], rows: [[String]])
  case quote(String)
  case code([String])
  case demo(Demo)

  public struct Item: Equatable, Sendable {
    /// The bullet `-`, or a number such as `1.`
    public let mark: String
    public let depth: Int
    public let text: String
  }
}

/// Commands and their expected output. The reader sees them, and the tests run them.
public struct Demo: Equatable, Sendable {
  public let steps: [DemoStep]
  public let position: FilePosition
}

/// A command of a demo, and its expected output.
public struct DemoStep: Equatable, Sendable {
  public let command: Phrase
  /// Whether the command must be refused.
  public let isRefused: Bool
  /// Patterns for the lines of output. `[..]` matches any text in a line, and `...` any number of lines.
  public let output: [Phrase]
  /// The number of the file's line after the last pattern.
  public let endLine: Int
}
