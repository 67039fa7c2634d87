/// A mistake in a lesson's file, its position, and what would be right.
public struct LessonProblem: Error, Equatable, Sendable {
  public let position: FilePosition
  public let message: String
  /// A correction, or an empty string.
  public let hint: String

  public init(at position: FilePosition, _ message: String, hint: String = "") {
    self.position = position
    self.message = message
    self.hint = hint
  }

  public var sentence: String { hint.isEmpty ? message : "\(message); \(hint)" }
}

/// A line and a column of a lesson's file, counted from one.
public struct FilePosition: Equatable, Sendable {
  public let line: Int
  public let column: Int

  public init(_ line: Int, _ column: Int = 1) {
    self.line = line
    self.column = column
  }

  public var text: String { "\(line):\(column)" }

  func moved(by columns: Int) -> FilePosition { FilePosition(line, column + columns) }
}

/// A part of a lesson's text with its position in the file.
public struct Phrase: Equatable, Sendable {
  public let text: String
  public let position: FilePosition

  public init(_ text: String, at position: FilePosition) {
    self.text = text
    self.position = position
  }

  /// Returns the position of a character of the text, which may be several lines.
  func position(at offset: Int) -> FilePosition {
    let before = text.prefix(offset)
    guard let lineEnd = before.lastIndex(where: { $0.isNewline }) else { return position.moved(by: offset) }
    return FilePosition(
      position.line + before.count { $0.isNewline }, before.distance(from: lineEnd, to: before.endIndex))
  }
}
