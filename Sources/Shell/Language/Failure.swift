/// Why a command was refused or failed, in words.
public struct Failure: Error, Equatable, Sendable {
  /// An identifier for programs, such as `unknown-component`. It never changes.
  public var code: String
  public var message: String
  /// What to type instead; may be empty.
  public var hint: String
  /// The range of the characters that the failure is about, so that they can be marked.
  public var position: Range<Int>?
}
