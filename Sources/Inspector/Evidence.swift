import Blueprint

/// The run that shows something: the commands to repeat it, and what was seen.
public struct Evidence: Equatable, Sendable {
  /// The commands, in their order. They leave the site as it is.
  public let commands: [String]
  /// A sentence without a capital letter and a full stop: `10 of 10 writes got 500`.
  public let saw: String

  public init(_ commands: [String], saw: String) {
    self.commands = commands
    self.saw = saw
  }

  /// Evidence on a copy after other commands. If there are none, the commands need no copy.
  init(_ commands: [String], saw: String, after first: [String]) {
    self.init(
      first.isEmpty ? commands : commands.map { "whatif \((first + [$0]).joined(separator: "; "))" }, saw: saw
    )
  }

  /// Returns the same evidence on a copy after other commands.
  func after(_ first: [String]) -> Evidence {
    guard !first.isEmpty else { return self }
    let whatif = "whatif "
    let plain = commands.map { $0.hasPrefix(whatif) ? String($0.dropFirst(whatif.count)) : $0 }
    return Evidence(plain, saw: saw, after: first)
  }

  /// The most commands of one piece of evidence.
  public static let mostCommands = 12

  /// Lists names, and only the number of those beyond the most.
  public static func listed(_ names: [String], most: Int = 12) -> String {
    guard names.count > most else { return names.joined(separator: ", ") }
    return "\(names.prefix(most - 1).joined(separator: ", ")) and \(names.count - most + 1) more"
  }

  public var json: JSON {
    [.commands: .array(commands.map { .string($0) }), .saw: .string(saw)]
  }
}
