import Blueprint

/// A path that was requested, with the hash by which a balancer chooses.
struct URLPath: Equatable, Sendable {
  let text: String
  let hash: UInt32

  init(_ text: String) {
    self.text = text
    hash = URIHash.of(text)
  }
}

/// The paths that were requested. A request has only the place of its path.
struct URLPaths: Equatable, Sendable {
  private var paths = URLPaths.usual
  /// The places of all but the usual paths. Never iterated.
  private var places: [String: ID<URLPath>] = [:]

  private static let usual = [URLPath("/"), URLPath("/comments")]

  /// The path of a request that names none.
  static func usual(_ kind: RequestKind) -> ID<URLPath> {
    switch kind {
    case .static, .read: ID(0)
    case .write: ID(1)
    }
  }

  subscript(path: ID<URLPath>) -> URLPath { paths[path.index] }

  mutating func id(of text: String) -> ID<URLPath> {
    if let place = URLPaths.usual.firstIndex(where: { $0.text == text }) { return ID(place) }
    if let id = places[text] { return id }
    let id = ID<URLPath>(paths.count)
    paths.append(URLPath(text))
    places[text] = id
    return id
  }

  @inline(__always)
  func hash(of path: ID<URLPath>) -> UInt32 { paths[path.index].hash }
}
