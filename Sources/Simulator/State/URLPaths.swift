import Blueprint

/// A requested path, with its hash for the algorithm `uri`.
struct URLPath: Equatable, Sendable {
  let text: String
  let hash: UInt32

  init(_ text: String) {
    self.text = text
    hash = URIHash.of(text)
  }
}

/// The requested paths. A request stores only the identifier of its path.
struct URLPaths: Equatable, Sendable {
  private var paths = URLPaths.defaults
  /// The identifiers of all paths except the default paths. The dictionary is never iterated.
  private var idByText: [String: ID<URLPath>] = [:]

  private static let defaults = [URLPath("/"), URLPath("/comments")]

  /// Returns the default path for a kind of request.
  static func defaults(_ kind: RequestKind) -> ID<URLPath> {
    switch kind {
    case .static, .read: ID(0)
    case .write: ID(1)
    }
  }

  subscript(path: ID<URLPath>) -> URLPath { paths[path.index] }

  mutating func id(of text: String) -> ID<URLPath> {
    if let index = URLPaths.defaults.firstIndex(where: { $0.text == text }) { return ID(index) }
    if let id = idByText[text] { return id }
    let id = ID<URLPath>(paths.count)
    paths.append(URLPath(text))
    idByText[text] = id
    return id
  }

  @inline(__always)
  func hash(of path: ID<URLPath>) -> UInt32 { paths[path.index].hash }
}
