import Blueprint
import Inspector

extension FactType {
  /// A closed set of words. A word has this meaning only if a value of the vocabulary is expected.
  public enum Vocabulary: String, CaseIterable, Sendable {
    case role, state, freshness, part, algorithm
  }
}

extension FactType.Vocabulary {
  /// The words of the vocabulary, as facts print them.
  public var words: [String] {
    switch self {
    case .role: ["primary", "replica", "diverged"]
    case .state: ["UP", "DOWN", "MAINT", "DRAIN", "no-check", "works", "broken"]
    case .freshness: ["new", "old"]
    case .part: ComponentKind.allCases.map { $0.rawValue }
    case .algorithm: Algorithm.allCases.map { $0.rawValue }
    }
  }

  /// Returns the word in its usual spelling, or nil if the vocabulary does not have it.
  func word(for text: String) -> String? { words.first { $0.lowercased() == text.lowercased() } }
}
