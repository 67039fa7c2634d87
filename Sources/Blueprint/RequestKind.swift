/// The kinds of request that a user sends.
public enum RequestKind: String, CaseIterable, Sendable {
  /// A request for a static file, such as a picture: nginx answers alone.
  case `static`
  /// A request for a page: the application answers after it has read from a database node.
  case read
  /// A request that posts a comment: the application answers after it has written to a database node.
  case write
}
