/// The name of a host, such as `server-1`, or of a component on a host, such as `server-1.mysql`.
public struct Address: Hashable, Sendable {
  public var host: String
  public var component: ComponentKind?

  public init(_ host: String, _ component: ComponentKind? = nil) {
    self.host = host
    self.component = component
  }

  /// Reads `server-1` or `server-1.mysql`. The result is nil if there is a second dot or no such kind of
  /// component.
  public init?(named name: String) {
    let (host, component) = Address.halves(of: name)
    guard let component else {
      self.init(host)
      return
    }
    guard let kind = ComponentKind(rawValue: component) else { return nil }
    self.init(host, kind)
  }

  /// Returns the text before the first dot, and the text after it; the second is nil if there is no dot.
  public static func halves(of name: String) -> (host: String, component: String?) {
    let bytes = name.utf8
    guard let dot = bytes.firstIndex(of: UInt8(ascii: ".")) else { return (name, nil) }
    return (String(name[..<dot]), String(name[bytes.index(after: dot)...]))
  }

  public var text: String {
    guard let component else { return host }
    return "\(host).\(component.rawValue)"
  }
}

extension Topology {
  /// Returns the address of the host or component with this name; nil if the site does not have it. Short
  /// names such as `tls` are accepted.
  public func address(named name: String) -> Address? {
    let (hostName, component) = Address.halves(of: name)
    guard let host = host(named: hostName) else { return nil }
    guard let component else { return Address(host.name) }
    guard let kind = ComponentKind(word: component), host.has(kind) else { return nil }
    return Address(host.name, kind)
  }
}
