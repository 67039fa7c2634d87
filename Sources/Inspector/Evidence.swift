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

  public var json: JSON {
    .object([
      JSON.Member("commands", .array(commands.map { .string($0) })), JSON.Member("saw", .string(saw)),
    ])
  }
}
