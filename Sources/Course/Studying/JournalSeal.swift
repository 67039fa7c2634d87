import Blueprint

/// Whether all is there that was exported, by the seal that ends it.
public enum JournalSeal: Equatable, Sendable {
  case whole
  /// It speaks of other lines than those that are there.
  case broken
  /// There is none: as in a journal that was never exported, or by a version that did not seal.
  case missing

  public init(of journal: String) {
    let lines = JournalLine.lines(of: journal).filter { !$0.isEmpty }
    guard lines.contains(where: { JournalLine($0)?.isSeal == true }) else {
      self = .missing
      return
    }
    self = lines.last == JournalSeal.line(over: lines.dropLast()) ? .whole : .broken
  }

  /// Whether a line is the one that ends an export.
  public static func isSeal(_ line: String) -> Bool { JournalLine(line)?.isSeal == true }

  public static func line(over lines: [String]) -> String {
    JournalLine(.sealed(lines: lines.count, sum: lines.joined(separator: "\n").fingerprint)).text
  }
}

extension JournalLine {
  fileprivate var isSeal: Bool { if case .sealed = event { true } else { false } }
}
