/// A design, a lesson or a script, as its text: its name, and what it says.
public struct Document: Equatable, Sendable {
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// What it says of itself in its first comment.
  public var summary: String {
    let line = text.split(whereSeparator: { $0.isNewline }).first { $0.hasPrefix("#") } ?? ""
    return String(line.drop { $0 == "#" || $0 == " " })
  }
}
