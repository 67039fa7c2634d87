/// The screen for which lines are formatted. The main program sets it before each command.
public struct Screen: Equatable, Sendable {
  /// The width in columns.
  public var width: Int

  public static let narrowest = 40
  public static let widest = 250

  public init(width: Int = 80) { self.width = min(max(width, Screen.narrowest), Screen.widest) }
}
