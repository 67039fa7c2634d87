extension String {
  /// Returns the text with spaces after it, up to the width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
