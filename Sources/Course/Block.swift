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
    /// `-`, or `1.`
    public let mark: String
    public let depth: Int
    public let text: String
  }
}

/// Commands with what comes of them, to be seen by the reader and run by the tests.
public struct Demo: Equatable, Sendable {
  public let steps: [Step]
  public let place: Place

  public struct Step: Equatable, Sendable {
    public let command: Phrase
    /// Whether it must be refused.
    public let isRefused: Bool
    /// Patterns of the lines that come out: `[..]` stands for anything within a line, `...` for any lines.
    public let output: [Phrase]
    /// The line of the file behind the last of them.
    public let end: Int
  }
}
