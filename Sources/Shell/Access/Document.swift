/// The name and text of a design, a lesson or a script.
public struct Document: Equatable, Sendable {
  public let name: String
  public let text: String

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// The text of the document's first comment line.
  public var summary: String {
    let line = text.split(whereSeparator: { $0.isNewline }).first { $0.hasPrefix("#") } ?? ""
    return String(line.drop { $0 == "#" || $0 == " " })
  }
}
