/// The number of screen columns that a text needs.
extension StringProtocol {
  /// The width of the text in columns. East Asian characters need two columns; combining characters need
  /// none.
  public var columns: Int {
    unicodeScalars.reduce(0) { $0 + ($1.value < 0x300 ? 1 : Width.columns(of: $1.value)) }
  }
}

private enum Width {
  /// The wide and full-width characters and the pictographs of the Unicode standard.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
    0x20000...0x3FFFD,
  ]

  private static let none: [ClosedRange<UInt32>] = [
    0x300...0x36F, 0x200B...0x200F, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F,
  ]

  static func columns(of scalar: UInt32) -> Int {
    if none.contains(where: { $0.contains(scalar) }) { return 0 }
    return wide.contains { $0.contains(scalar) } ? 2 : 1
  }
}
