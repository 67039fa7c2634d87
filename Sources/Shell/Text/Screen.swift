/// What lines are made for; the edge knows it, and says it before each command.
public struct Screen: Equatable, Sendable {
  /// Columns.
  public var width: Int

  public static let narrowest = 40
  public static let widest = 250

  public init(width: Int = 80) { self.width = min(max(width, Screen.narrowest), Screen.widest) }
}
