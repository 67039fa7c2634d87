/// What about a host, a component or a link can fail. A fault strikes some of these.
public struct Weakness: OptionSet, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// It is a process, which can end or freeze.
  static let process = Weakness(rawValue: 1)
  /// It serves requests, which can take longer.
  static let service = Weakness(rawValue: 2)
  /// Packets pass to it or through it.
  static let connection = Weakness(rawValue: 4)
  /// It lets packets in, or drops them.
  static let filter = Weakness(rawValue: 8)
  /// It needs power.
  static let power = Weakness(rawValue: 16)
  /// It runs or holds a release of the application.
  static let release = Weakness(rawValue: 32)
  /// It stores on a disk.
  static let disk = Weakness(rawValue: 64)
  /// It is valid until a day.
  static let validity = Weakness(rawValue: 128)

  /// A process that serves requests.
  static let program: Weakness = [.process, .service, .connection]
  /// What any host has, whatever its components.
  static let host: Weakness = [.power, .program]
}

extension Host {
  /// What about the host as a whole can fail.
  var weaknesses: Weakness {
    parts.reduce(.host) { $0.union($1.profile.weaknesses) }
  }
}
