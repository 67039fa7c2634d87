import Blueprint

/// The run that proves something: what to type to see it again, on a copy, and what was seen.
public struct Evidence: Equatable, Sendable {
  /// Commands of the language, in their order.
  public let commands: [String]
  /// One sentence in lower key, without a full stop: `10 of 10 writes got 500`.
  public let saw: String

  public init(_ commands: [String], saw: String) {
    self.commands = commands
    self.saw = saw
  }

  /// So many runs are named.
  public static let mostCommands = 12

  /// Several names, of which no more are said than one would read; how many were not is said as well.
  public static func listed(_ names: [String], most: Int = 12) -> String {
    guard names.count > most else { return names.joined(separator: ", ") }
    return "\(names.prefix(most - 1).joined(separator: ", ")) and \(names.count - most + 1) more"
  }

  public var json: JSON {
    .object([
      JSON.Member("commands", .array(commands.map { .string($0) })), JSON.Member("saw", .string(saw)),
    ])
  }
}
