/// What is wrong in a lesson's file, where, and what would be right.
public struct LessonProblem: Error, Equatable, Sendable {
  public let place: Place
  public let message: String
  /// May be empty.
  public let hint: String

  public init(at place: Place, _ message: String, hint: String = "") {
    self.place = place
    self.message = message
    self.hint = hint
  }

  public var sentence: String { hint.isEmpty ? message : "\(message); \(hint)" }
}

/// A line and a column of a lesson's file, counted from one.
public struct Place: Equatable, Sendable {
  public let line: Int
  public let column: Int

  public init(_ line: Int, _ column: Int = 1) {
    self.line = line
    self.column = column
  }

  public var text: String { "\(line):\(column)" }

  func moved(by columns: Int) -> Place { Place(line, column + columns) }
}

/// Some words of a lesson, and where they stand.
public struct Phrase: Equatable, Sendable {
  public let text: String
  public let place: Place

  public init(_ text: String, at place: Place) {
    self.text = text
    self.place = place
  }
}
