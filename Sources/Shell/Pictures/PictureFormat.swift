/// The formats in which pictures are exported.
enum PictureFormat: String, CaseIterable {
  case svg, dot, mermaid, timeline

  /// Returns a comment in the language of the format.
  func comment(_ text: String) -> String {
    switch self {
    case .svg, .timeline: "<!-- \(text) -->"
    case .dot: "// \(text)"
    case .mermaid: "%% \(text)"
    }
  }
}
