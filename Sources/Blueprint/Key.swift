/// One thing that `set` can change: where it lies, what it may be, how it is read and written.
public struct Key: Sendable {
  public let name: Name
  public let owner: Owner
  public let values: Values
  public let summary: String
  /// Where the value comes from that it has to begin with, in a sentence; empty where it is a program's own default.
  public var origin = ""
  let read: @Sendable (Topology, Int) -> Value?
  let write: @Sendable (inout Topology, Int, Value) -> Void

  public enum Name: String, CaseIterable, Sendable {
    case weight, state, maxconn, backup, slowstart
    case redispatch, retries, allbackups, check
    case checkPath = "check-path"
    case inter, fall, rise
    case timeoutConnect = "timeout-connect"
    case timeoutQueue = "timeout-queue"
    case timeoutServer = "timeout-server"
    case timeoutRead = "timeout-read"
    case maxFails = "max-fails"
    case failTimeout = "fail-timeout"
    case workers, cost, queue, blocking
    case replication, lag
    case semiSyncTimeout = "semi-sync-timeout"
    case writes, reads, fallback, failover, fencing, track, tls
    case validity, way, interval
    case service, patience, seed
    case mtbfHost = "mtbf-host"
    case mttrHost = "mttr-host"
    case mtbfHaproxy = "mtbf-haproxy"
    case mttrHaproxy = "mttr-haproxy"
    case mtbfNginx = "mtbf-nginx"
    case mttrNginx = "mttr-nginx"
    case mtbfApp = "mtbf-app"
    case mttrApp = "mttr-app"
    case mtbfFiles = "mtbf-files"
    case mttrFiles = "mttr-files"
    case mtbfMysql = "mtbf-mysql"
    case mttrMysql = "mttr-mysql"
  }

  /// What a key belongs to.
  public enum Owner: Equatable, Sendable {
    case server
    case part(ComponentKind)
    case database
    case site
  }

  /// What a key may be set to.
  public enum Values: Equatable, Sendable {
    case number(ClosedRange<Int>)
    /// A number that may also be said as a percentage of what it was at first.
    case weight
    /// A number, or `none`.
    case limit(ClosedRange<Int>)
    case span(ClosedRange<Span>)
    /// A length of time, or `none` for what is usual.
    case usualSpan(ClosedRange<Span>)
    case flag
    case words([String])
  }

  public enum Value: Equatable, Sendable {
    case number(Int)
    case percent(Int)
    case none
    case span(Span)
    case flag(Bool)
    case word(String)
  }

  public func accepts(_ value: Value) -> Bool {
    switch (values, value) {
    case (.number(let range), .number(let n)): range.contains(n)
    case (.weight, .number(let n)): (0...256).contains(n)
    case (.weight, .percent(let n)): (0...25_600).contains(n)
    case (.limit(let range), .number(let n)): range.contains(n)
    case (.limit, .none): true
    case (.span(let range), .span(let span)): range.contains(span)
    case (.usualSpan(let range), .span(let span)): range.contains(span)
    case (.usualSpan, .none): true
    case (.flag, .flag): true
    case (.words(let words), .word(let word)): words.contains(word)
    default: false
    }
  }
}

extension Key.Value {
  /// As a command would say it.
  public var command: String {
    switch self {
    case .number(let n): "\(n)"
    case .percent(let n): "\(n)%"
    case .none: "none"
    case .span(let span): span.command
    case .flag(let flag): flag ? "on" : "off"
    case .word(let word): word
    }
  }
}

/// Where a `set` goes: the whole site, the database as a whole, or a host or part by name.
public enum Target: Equatable, Sendable {
  case site, database
  case at(Address)

  public var text: String {
    switch self {
    case .site: "site"
    case .database: "database"
    case .at(let address): address.text
    }
  }
}

extension Topology {
  /// What the key says at the target now; nil where it is not set there.
  public func value(of key: Key, at place: Int) -> Key.Value? { key.read(self, place) }

  /// The keys that can be set at the target, in the order of the table, each with the part that it belongs to.
  public func keys(at target: Target) -> [Key] {
    switch target {
    case .site: Key.all.filter { $0.owner == .site }
    case .database: Key.all.filter { $0.owner == .database }
    case .at(let address):
      host(named: address.host).map { host in
        let fits = Key.all.indices.filter { owner(Key.all[$0].owner, on: host, at: address) != nil }
        let names = fits.map { Key.all[$0].name }
        return fits.filter { fit in names.count { $0 == Key.all[fit].name } == 1 }.map { Key.all[$0] }
      } ?? []
    }
  }

  private func owner(_ owner: Key.Owner, on host: Host, at address: Address) -> Address? {
    switch owner {
    case .site: nil
    case .database:
      (address.part ?? .mysql) == .mysql && host.mysql != nil ? Address(host.name, .mysql) : nil
    case .server:
      address.part == nil && (host.nginx != nil || host.app != nil) ? Address(host.name) : nil
    case .part(let kind):
      (address.part ?? kind) == kind && host.carries(kind) ? Address(host.name, kind) : nil
    }
  }

  /// The one key of that name that fits the target, and the place of its host.
  public func key(named name: String, at target: Target) throws(Problem) -> (Key, place: Int) {
    let wanted = Key.Name(rawValue: name)
    // By their places, because each key that is looked at would be copied.
    let named = Key.all.indices.filter { Key.all[$0].name == wanted }
    var place = -1
    var fits: [(key: Int, owner: Address)] = []
    switch target {
    case .site: fits = named.filter { Key.all[$0].owner == .site }.map { ($0, Address("")) }
    case .database: fits = named.filter { Key.all[$0].owner == .database }.map { ($0, Address("")) }
    case .at(let address):
      guard let found = self.place(of: address.host) else { throw .unknownHost(address.host) }
      if let part = address.part, !hosts[found].carries(part) { throw .notCarried(part, host: address.host) }
      place = found
      fits = named.compactMap { key in
        owner(Key.all[key].owner, on: hosts[found], at: address).map { (key, $0) }
      }
    }
    guard let first = fits.first else {
      throw .unknownKey(name, on: target.text, choices: keys(at: target).map { $0.name.rawValue })
    }
    let key = Key.all[first.key]
    guard fits.count == 1 else { throw .keyElsewhere(key.name, on: target.text, fits: fits.map { $0.owner }) }
    return (key, place)
  }

  mutating func set(_ key: Key, at place: Int, to value: Key.Value) throws(Problem) {
    guard key.accepts(value) else { throw .unfitValue(key.name, given: "", wanted: key.values) }
    key.write(&self, place, value)
  }
}
