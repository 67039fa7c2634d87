import Blueprint

/// Whether an exported journal is complete, according to its last line.
public enum JournalSeal: Equatable, Sendable {
  case whole
  /// The seal does not match the lines.
  case broken
  /// There is no seal, as in a journal that was not exported or was exported by an old version.
  case missing

  public init(of journal: String) {
    let lines = JournalLine.lines(of: journal).filter { !$0.isEmpty }
    guard lines.contains(where: { JournalLine($0)?.isSeal == true }) else {
      self = .missing
      return
    }
    self = lines.last == JournalSeal.line(over: lines.dropLast()) ? .whole : .broken
  }

  /// Whether the line is a seal.
  public static func isSeal(_ line: String) -> Bool { JournalLine(line)?.isSeal == true }

  public static func line(over lines: [String]) -> String {
    JournalLine(.sealed(lines: lines.count, sum: lines.joined(separator: "\n").fingerprint)).text
  }
}

extension JournalLine {
  fileprivate var isSeal: Bool { if case .sealed = event { true } else { false } }
}
