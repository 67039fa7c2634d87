import Blueprint

/// A path that was requested, with the hash by which a balancer chooses.
struct RequestPath: Equatable, Sendable {
  let text: String
  let hash: UInt32

  init(_ text: String) {
    self.text = text
    hash = URIHash.of(text)
  }
}

/// The paths that were requested. A request has only the place of its path.
struct RequestPaths: Equatable, Sendable {
  private var paths = RequestPaths.usual
  /// The places of all but the usual paths. Never iterated.
  private var places: [String: ID<RequestPath>] = [:]

  private static let usual = [RequestPath("/"), RequestPath("/comments")]

  /// The path of a request that names none.
  static func usual(_ kind: RequestKind) -> ID<RequestPath> {
    switch kind {
    case .static, .read: ID(0)
    case .write: ID(1)
    }
  }

  subscript(path: ID<RequestPath>) -> RequestPath { paths[path.index] }

  mutating func id(of text: String) -> ID<RequestPath> {
    if let place = RequestPaths.usual.firstIndex(where: { $0.text == text }) { return ID(place) }
    if let id = places[text] { return id }
    let id = ID<RequestPath>(paths.count)
    paths.append(RequestPath(text))
    places[text] = id
    return id
  }

  @inline(__always)
  func hash(of path: ID<RequestPath>) -> UInt32 { paths[path.index].hash }
}
