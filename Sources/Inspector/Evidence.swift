import Blueprint

/// A run that shows something: the commands that repeat it, and what was seen.
public struct Evidence: Equatable, Sendable {
  /// The commands that show it, on a copy after `first`.
  private let shown: [String]
  private let first: [String]
  /// A sentence that begins in lower case and has no full stop: `10 of 10 writes got 500`.
  public let saw: String

  public init(_ commands: [String], saw: String) { self.init(commands, saw: saw, after: []) }

  /// Creates evidence from commands that run on a copy after `first`. If `first` is empty, they run without a
  /// copy.
  init(_ commands: [String], saw: String, after first: [String]) {
    shown = commands
    self.first = first
    self.saw = saw
  }

  /// The commands in order. They do not change the site.
  ///
  /// They are made when they are read: on a site with many faults, `first` repairs each of them.
  public var commands: [String] {
    first.isEmpty ? shown : shown.map { "whatif \((first + [$0]).joined(separator: "; "))" }
  }

  /// Returns the same evidence, with the commands run on a copy after `first`.
  func after(_ first: [String]) -> Evidence {
    guard !first.isEmpty else { return self }
    let whatif = "whatif "
    let plain = shown.map { $0.hasPrefix(whatif) ? String($0.dropFirst(whatif.count)) : $0 }
    return Evidence(plain, saw: saw, after: first + self.first)
  }

  public static func == (a: Evidence, b: Evidence) -> Bool { a.commands == b.commands && a.saw == b.saw }

  /// The most commands that one piece of evidence has.
  public static let mostCommands = 12

  /// Returns the names as a list. Beyond the most names, it gives only the number of the others.
  public static func listed(_ names: [String], most: Int = 12) -> String {
    guard names.count > most else { return names.joined(separator: ", ") }
    return "\(names.prefix(most - 1).joined(separator: ", ")) and \(names.count - most + 1) more"
  }

  public var json: JSON {
    [.commands: .array(commands.map { .string($0) }), .saw: .string(saw)]
  }
}
