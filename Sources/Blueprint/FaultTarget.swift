/// A target for a fault: a host, a component or a link.
public enum FaultTarget: Hashable, Sendable {
  case component(Address)
  /// The link between two hosts, or between the internet and a host.
  case link(String, String)

  public static let internet = "internet"

  public var text: String {
    switch self {
    case .component(let address): address.text
    case .link(let a, let b): "\(a)--\(b)"
    }
  }

  /// Reads the name of a host, a component or a link; nil if the text is not such a name. The target does not
  /// have to exist.
  public init?(named name: String) {
    if let (a, b) = FaultTarget.ends(of: name) {
      self = .link(a, b)
    } else {
      guard let address = Address(named: name) else { return nil }
      self = .component(address)
    }
  }

  /// Returns the two ends of a link that is written `a--b`; nil if the text has another form.
  public static func ends(of text: String) -> (String, String)? {
    let characters = Array(text)
    for i in characters.indices.dropLast() where characters[i] == "-" && characters[i + 1] == "-" {
      return (String(characters[..<i]), String(characters[(i + 2)...]))
    }
    return nil
  }

  /// The same target, with the ends of a link in a fixed order: the internet first, then the smaller name.
  public var normalised: FaultTarget {
    guard case .link(let a, let b) = self else { return self }
    if a == FaultTarget.internet { return self }
    return b == FaultTarget.internet || b < a ? .link(b, a) : self
  }

  public func concerns(host: String) -> Bool {
    switch self {
    case .component(let address): address.host == host
    case .link(let a, let b): a == host || b == host
    }
  }
}

/// A fault that has been injected and not yet repaired.
public struct InjectedFault: Equatable, Sendable {
  public let target: FaultTarget
  public let fault: Fault
  public let since: Span

  public init(_ target: FaultTarget, _ fault: Fault, since: Span) {
    self.target = target
    self.fault = fault
    self.since = since
  }
}
