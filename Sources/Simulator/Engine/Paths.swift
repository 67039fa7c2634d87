import Blueprint

/// The paths that were asked for, each with its hash, so that a request carries a number only.
struct Paths: Equatable, Sendable {
  private var texts: [String] = []
  private var hashes: [UInt32] = []
  private var places: [String: Int32] = [:]

  init() {
    for kind in RequestKind.allCases { _ = place(of: Paths.text(kind)) }
  }

  private static func text(_ kind: RequestKind) -> String {
    switch kind {
    case .static, .read: "/"
    case .write: "/comments"
    }
  }

  /// The path of a request that names none.
  static func usual(_ kind: RequestKind) -> Int32 {
    switch kind {
    case .static, .read: 0
    case .write: 1
    }
  }

  mutating func place(of text: String) -> Int32 {
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
