import Blueprint

/// A run that shows something: the commands that repeat it, and what was seen.
public struct Evidence: Equatable, Sendable {
  /// The commands that show it, on a copy after `setupCommands`.
  private let innerCommands: [String]
  private let setupCommands: [String]
  /// A sentence that begins in lower case and has no full stop: `10 of 10 writes got 500`.
  public let observation: String

  public init(_ commands: [String], observation: String) {
    self.init(commands, observation: observation, after: [])
  }

  /// Creates evidence from commands that run on a copy after `setupCommands`. If `setupCommands` is empty, they run without a
  /// copy.
  init(_ commands: [String], observation: String, after setupCommands: [String]) {
    innerCommands = commands
    self.setupCommands = setupCommands
    self.observation = observation
  }

  /// The commands in order. They do not change the site.
  ///
  /// They are made when they are read: on a site with many faults, `setupCommands` repairs each of them.
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

  /// The most commands that one piece of evidence has.
  public static let mostCommands = 12

  /// Returns the names as a list. Beyond the most names, it gives only the number of the others.
  public static func listed(_ names: [String], most: Int = 12) -> String {
    guard names.count > most else { return names.joined(separator: ", ") }
    return "\(names.prefix(most - 1).joined(separator: ", ")) and \(names.count - most + 1) more"
  }

  public var json: JSON {
    [.commands: .array(commands.map { .string($0) }), .observation: .string(observation)]
  }
}
