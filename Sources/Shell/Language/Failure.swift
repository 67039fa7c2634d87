/// Why a command was refused or failed, in words.
public struct Failure: Error, Equatable, Sendable {
  /// Stable, for programs: `unknown-component`.
  public var code: String
  public var message: String
  /// What would be right; may be empty.
  public var hint: String
  /// The characters of the command that the failure is about, so that they can be pointed at.
  public var place: Range<Int>?
}
