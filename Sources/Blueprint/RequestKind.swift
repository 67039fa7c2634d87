/// What a user asks for.
public enum RequestKind: String, CaseIterable, Sendable {
  /// A file: nginx alone answers.
  case `static`
  /// A page: the application answers, after a node that may serve reads.
  case read
  /// A comment: the application answers, after the node that takes writes.
  case write
}
