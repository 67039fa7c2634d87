import Blueprint
import Course

/// The designs beside an author's file, which that file may load by name. Nothing else in the folder can be
/// read.
public struct DesignFolder: Sendable {
  private let readDesign: @Sendable (BareName) -> FileText

  public init(read: @escaping @Sendable (BareName) -> FileText) { readDesign = read }

  public static let empty = DesignFolder { _ in .failed("there is no such file") }

  /// Returns the design of that name; nil if there is none or it cannot be read.
  func design(named word: String) -> Document? {
    guard let name = BareName(word), case .text(let text) = readDesign(name) else { return nil }
    return Document(name: name.text, text: text)
  }
}

/// The name of a file within a folder. It cannot name a file outside the folder.
public struct BareName: Hashable, Sendable {
  public let text: String

  /// Returns nil for a path, a hidden file or an unprintable name.
  public init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= 255, !text.hasPrefix("."), !text.utf8.contains(UInt8(ascii: "/")),
      !text.unicodeScalars.contains(where: { $0.isUnsafeToPrint })
    else { return nil }
    self.text = text
  }
}
