import Blueprint

/// The paths that were asked for, each with its hash, so that a request carries a number only.
struct Paths: Equatable, Sendable {
  private var texts = Paths.usualTexts
  private var hashes = Paths.usualTexts.map(URIHash.of)
  /// But for the usual ones.
  private var places: [String: Int32] = [:]

  private static let usualTexts = ["/", "/comments"]

  /// The path of a request that names none.
  static func usual(_ kind: RequestKind) -> Int32 {
    switch kind {
    case .static, .read: 0
    case .write: 1
    }
  }

  mutating func place(of text: String) -> Int32 {
    if let place = Paths.usualTexts.firstIndex(of: text) { return Int32(place) }
    if let place = places[text] { return place }
    let place = Int32(texts.count)
    texts.append(text)
    hashes.append(URIHash.of(text))
    places[text] = place
    return place
  }

  func text(_ place: Int32) -> String { texts[Int(place)] }

  func hash(_ place: Int32) -> UInt32 { hashes[Int(place)] }
}
