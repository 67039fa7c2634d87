/// Why a command was refused or failed, in words.
public struct Failure: Error, Equatable, Sendable {
  /// An identifier for programs, which never changes: `unknown-component`.
  public var code: String
  public var message: String
  /// What to type instead; may be empty.
  public var hint: String
  /// The characters of the command to mark, because the failure is about them.
  public var position: Range<Int>?
}
