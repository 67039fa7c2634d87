/// The ways in which a host, a component or a link can fail. Each fault uses some of them.
public struct Weakness: OptionSet, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The target is a process, which can end or freeze.
  static let process = Weakness(rawValue: 1)
  /// The target serves requests, which can take longer.
  static let service = Weakness(rawValue: 2)
  /// The target receives or forwards packets, which can be lost.
  static let connection = Weakness(rawValue: 4)
  /// The target filters packets, which it can drop.
  static let filter = Weakness(rawValue: 8)
  /// The target needs power.
  static let power = Weakness(rawValue: 16)
  /// The target runs or stores a release of the application.
  static let release = Weakness(rawValue: 32)
  /// The target stores data on a disk.
  static let disk = Weakness(rawValue: 64)
  /// The target is valid only until a certain day.
  static let validity = Weakness(rawValue: 128)

  /// A process that serves requests.
  static let program: Weakness = [.process, .service, .connection]
  /// The ways in which any host can fail, whatever its components.
  static let host: Weakness = [.power, .program]
}

extension Host {
  /// The ways in which the host or one of its serving components can fail.
  var weaknesses: Weakness {
    parts.reduce(.host) { $0.union($1.profile.weaknesses) }
  }
}
