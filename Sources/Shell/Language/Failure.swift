/// Why a command was refused or failed, in words.
public struct Failure: Error, Equatable, Sendable {
  /// Stable, for programs: `unknown-component`.
  public var code: String
  public var message: String
  /// What would be right; may be empty.
  public var hint: String
  /// The first and last character of the command that it is about, where it is about a word; for pointing at it.
  public var place: Range<Int>?
}
