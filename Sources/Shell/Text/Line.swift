import Blueprint

/// A line of text, as pieces with different looks. It contains no control characters.
public struct Line: Equatable, Sendable {
  public var pieces: [Piece]

  public struct Piece: Equatable, Sendable {
    public var text: String
    public var look: Look
  }

  public enum Look: Equatable, Sendable {
    case plain
    /// Text that the user can type, and the prompt.
    case accent
    /// What is right or in service.
    case good
    /// What has failed or is not right.
    case failed
    /// What needs attention.
    case attention
    /// Text that can be skipped.
    case faint
  }

  public init(_ text: String = "", _ look: Look = .plain) {
    pieces = text.isEmpty ? [] : [Piece(text: text, look: look)]
  }

  public init(pieces: [Piece]) { self.pieces = pieces }

  public static func + (a: Line, b: Line) -> Line { Line(pieces: a.pieces + b.pieces) }

  /// The text of the line without its looks.
  public var text: String { pieces.map { $0.text }.joined() }
}

extension Line {
  /// Returns the line cut to `width` columns. An ellipsis replaces the missing end.
  func cut(to width: Int) -> Line {
    guard text.count > width else { return self }
    var left = max(0, width - 1)
    var cut = Line()
    for span in pieces where left > 0 {
      let part = String(span.text.prefix(left))
      cut = cut + Line(part, span.look)
      left -= part.count
    }
    return cut + Line("…", .faint)
  }
}

extension [Line] {
  /// Returns the first `most` lines, and a line with the number of further lines if there are any.
  func cut(to most: Int) -> [Line] {
    count <= most ? self : prefix(most) + [Line("  … \(count - most) more lines", .faint)]
  }
}
