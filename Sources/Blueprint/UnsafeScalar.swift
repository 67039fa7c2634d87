extension Unicode.Scalar {
  /// Whether the character can control a terminal, end a line or change the direction of text.
  public var isUnsafeToPrint: Bool {
    switch value {
    case 0..<32, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
