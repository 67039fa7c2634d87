import Blueprint

/// Commands that demonstrate a result, and what they showed.
public struct Evidence: Equatable, Sendable {
  /// The commands that show the observation, after `setupCommands` have run.
  private let innerCommands: [String]
  private let setupCommands: [String]
  /// A sentence that begins in lower case and has no full stop: `10 of 10 writes got 500`.
  public let observation: String

  public init(_ commands: [String], observation: String) {
    self.init(commands, observation: observation, after: [])
  }

  /// Creates evidence from commands that run on a copy after `setupCommands`. If there are no
  /// `setupCommands`, no copy is made.
  init(_ commands: [String], observation: String, after setupCommands: [String]) {
    innerCommands = commands
    self.setupCommands = setupCommands
    self.observation = observation
  }

  /// The commands to type, in order. They do not change the site.
  ///
  /// They are made only when they are read, because they can be long. On a site with many faults,
  /// `setupCommands` repairs each fault.
  public var commands: [String] {
    setupCommands.isEmpty
      ? innerCommands : innerCommands.map { "whatif \((setupCommands + [$0]).joined(separator: "; "))" }
  }

  /// Returns the same evidence, with the commands run on a copy after `setupCommands`.
  func after(_ setupCommands: [String]) -> Evidence {
    guard !setupCommands.isEmpty else { return self }
    let whatif = "whatif "
    let plain = innerCommands.map { $0.hasPrefix(whatif) ? String($0.dropFirst(whatif.count)) : $0 }
    return Evidence(plain, observation: observation, after: setupCommands + self.setupCommands)
  }

  public static func == (a: Evidence, b: Evidence) -> Bool {
    a.commands == b.commands && a.observation == b.observation
  }

  /// The most commands that a piece of evidence lists.
  public static let mostCommands = 12

  /// Returns the names separated by commas. If there are more than `most`, the last ones are only counted.
  public static func listed(_ names: [String], most: Int = 12) -> String {
    guard names.count > most else { return names.joined(separator: ", ") }
    return "\(names.prefix(most - 1).joined(separator: ", ")) and \(names.count - most + 1) more"
  }

  public var json: JSON {
    [.commands: .array(commands.map { .string($0) }), .observation: .string(observation)]
  }
}
