/// The kinds of components that a host can have.
public enum ComponentKind: String, CaseIterable, Sendable, BitwiseCopyable {
  case haproxy, nginx, app, files, mysql, store
  // The kinds that protect a host or watch over it.
  case firewall, certificate, monitor

  /// All that the commands, pictures and experiments know about the kind.
  public var profile: ComponentProfile {
    switch self {
    case .haproxy: .haproxy
    case .nginx: .nginx
    case .app: .app
    case .files: .files
    case .mysql: .mysql
    case .store: .store
    case .firewall: .firewall
    case .certificate: .certificate
    case .monitor: .monitor
    }
  }
}

extension ComponentKind {
  /// Reads the kind's name, or the short name that `add` uses for it.
  public init?(word: String) {
    guard
      let kind = ComponentKind(rawValue: word)
        ?? ComponentKind.allCases.first(where: { $0.profile.shortName == word })
    else { return nil }
    self = kind
  }

  /// What it is for, in a few words.
  public var job: String { profile.job }

  /// The kinds that `with …` accepts when a server is added.
  public static let ofServers = allCases.filter { $0.profile.isForServers }
  /// The kinds that a server has if `with …` is not given.
  public static let usualOfServers = ofServers.filter { !$0.profile.isExtra }

  fileprivate static let serving = allCases.filter { !$0.profile.protects }
  fileprivate static let protecting = allCases.filter { $0.profile.protects }

  /// Whether it serves requests itself, with workers, a cost and a queue.
  public var works: Bool { profile.work != nil }

  /// Whether it serves no request, but protects a host or watches over it.
  public var isProtection: Bool { profile.protects }
}

extension Host {
  /// The components that serve requests.
  public var parts: [ComponentKind] { ComponentKind.serving.filter { carries($0) } }

  /// The components that protect the host or watch over it.
  public var protections: [ComponentKind] { ComponentKind.protecting.filter { carries($0) } }

  /// All that can fail on the host: first what serves requests, then what protects it and watches over it.
  public var components: [ComponentKind] { parts + protections }
}
