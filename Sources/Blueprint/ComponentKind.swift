/// The kinds of component that a host can have.
public enum ComponentKind: String, CaseIterable, Sendable, BitwiseCopyable {
  case haproxy, nginx, app, files, mysql, store
  // The kinds that protect or monitor a host.
  case firewall, certificate, monitor

  /// The facts about the kind that commands, drawings and experiments use.
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

  /// What the component does, in a few words.
  public var job: String { profile.job }

  /// The kinds that `with …` accepts when a server is added.
  public static let installableOnServers = allCases.filter { $0.profile.isForServers }
  /// The kinds that a server has if `with …` is not given.
  public static let serverDefaults = installableOnServers.filter { !$0.profile.isOptional }

  fileprivate static let servingKinds = allCases.filter { !$0.profile.protects }
  fileprivate static let protectionKinds = allCases.filter { $0.profile.protects }

  /// Whether the component serves requests itself, with workers, a cost and a queue.
  public var hasWorkers: Bool { profile.work != nil }

  /// Whether the component protects or monitors a host instead of serving requests.
  public var isProtection: Bool { profile.protects }
}

extension Host {
  /// The components that serve requests.
  public var parts: [ComponentKind] { ComponentKind.servingKinds.filter { has($0) } }

  /// The components that protect or monitor the host.
  public var protections: [ComponentKind] { ComponentKind.protectionKinds.filter { has($0) } }

  /// All components of the host: first the components for serving requests, then those for protection and
  /// monitoring.
  public var components: [ComponentKind] { parts + protections }
}
