/// A setting: its owner, its allowed values, and how it is read and written.
public struct Setting: Sendable, Equatable {
  public let name: Name
  public let owner: Owner
  public let values: Values
  public let summary: String
  /// The source of the default value, in a sentence; empty if it is the program's own default.
  public var origin = ""
  let read: @Sendable (Topology, Int) -> Value?
  let write: @Sendable (inout Topology, Int, Value) -> Void

  /// The name of a setting. Several owners can have a setting with the same name.
  public struct Name: RawRepresentable, Hashable, CaseIterable, ExpressibleByStringLiteral, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral word: String) { rawValue = word }
    init(_ word: String) { rawValue = word }

    /// The names of all settings, without duplicates.
    public static var allCases: [Name] { Setting.all.map { $0.name }.unique }

    // The names that other code uses. All other names are only in the table of settings.
    public static let weight: Name = "weight"
    public static let state: Name = "state"
    public static let maxconn: Name = "maxconn"
    public static let redispatch: Name = "redispatch"
    public static let check: Name = "check"
    public static let checkPath: Name = "check-path"
    public static let inter: Name = "inter"
    public static let track: Name = "track"
    public static let workers: Name = "workers"
    public static let cost: Name = "cost"
    public static let queue: Name = "queue"
    public static let lag: Name = "lag"
    public static let validity: Name = "validity"
    public static let seed: Name = "seed"
  }

  public static func == (a: Setting, b: Setting) -> Bool { a.name == b.name && a.owner == b.owner }

  /// The owner of a setting.
  public enum Owner: Equatable, Sendable {
    case server
    case component(ComponentKind)
    case database
    case site
  }

  /// The values that a setting accepts.
  public enum Values: Equatable, Sendable {
    case number(ClosedRange<Int>)
    /// A number, or a percentage of the initial weight.
    case weight
    /// A number, or `none`.
    case limit(ClosedRange<Int>)
    case span(ClosedRange<Span>)
    /// A length of time, or `none` for the default.
    case optionalSpan(ClosedRange<Span>)
    case flag
    case words([SettingWord])
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
    case (.optionalSpan(let range), .span(let span)): range.contains(span)
    case (.optionalSpan, .none): true
    case (.flag, .flag): true
    case (.words(let words), .word(let word)): words.contains { $0.text == word }
    default: false
    }
  }
}

extension Setting.Values {
  /// Reads a value of this type; nil if the text is not such a value. The range is not checked.
  public func read(_ text: String) -> Setting.Value? {
    let word = text.lowercased()
    return switch self {
    case .number: Numeral.whole(text).map { .number($0) }
    case .weight:
      text.hasSuffix("%")
        ? Numeral.whole(String(text.dropLast())).map { .percent($0) }
        : Numeral.whole(text).map { .number($0) }
    case .limit: word == "none" ? Setting.Value.none : Numeral.whole(text).map { .number($0) }
    case .span: Span(reading: text).map { .span($0) }
    case .optionalSpan: word == "none" ? Setting.Value.none : Span(reading: text).map { .span($0) }
    case .flag:
      ["on": true, "yes": true, "true": true, "off": false, "no": false, "false": false][word].map {
        .flag($0)
      }
    case .words(let words): words.first { $0.text == word }.map { .word($0.text) }
    }
  }
}

/// A word that a setting accepts, and its meaning.
public struct SettingWord: Equatable, Sendable {
  public let text: String
  public let meaning: String
}

extension Setting.Value {
  /// The value as a command accepts it.
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

/// The target of `set`: the site, the database as a whole, or a host or component.
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
  /// Returns the current value of the setting on the host at this index; nil if it is not set.
  public func value(of setting: Setting, at index: Int) -> Setting.Value? { setting.read(self, index) }

  /// Returns the settings of the target, in the order of `Setting.all`. Names that several of its components
  /// share are left out.
  public func settings(at target: Target) -> [Setting] {
    switch target {
    case .site: Setting.all.filter { $0.owner == .site }
    case .database: Setting.all.filter { $0.owner == .database }
    case .at(let address):
      host(named: address.host).map { host in
        let candidates = Setting.all.indices.filter {
          owner(Setting.all[$0].owner, on: host, at: address) != nil
        }
        let names = candidates.map { Setting.all[$0].name }
        return candidates.filter { fit in names.count { $0 == Setting.all[fit].name } == 1 }.map {
          Setting.all[$0]
        }
      } ?? []
    }
  }

  private func owner(_ owner: Setting.Owner, on host: Host, at address: Address) -> Address? {
    switch owner {
    case .site: nil
    case .database:
      (address.component ?? .mysql) == .mysql && host.mysql != nil ? Address(host.name, .mysql) : nil
    case .server:
      address.component == nil && (host.nginx != nil || host.app != nil) ? Address(host.name) : nil
    case .component(let kind):
      (address.component ?? kind) == kind && host.has(kind) ? Address(host.name, kind) : nil
    }
  }

  /// Returns the setting with this name at the target. Throws if there is none, or more than one.
  public func setting(named name: String, at target: Target) throws(Problem) -> Setting {
    let wanted = Setting.Name(rawValue: name)
    // Work with the indices of the settings, because comparing the settings themselves would copy each of
    // them.
    let named = Setting.all.indices.filter { Setting.all[$0].name == wanted }
    var candidates: [(setting: Int, owner: Address)] = []
    switch target {
    case .site: candidates = named.filter { Setting.all[$0].owner == .site }.map { ($0, Address("")) }
    case .database: candidates = named.filter { Setting.all[$0].owner == .database }.map { ($0, Address("")) }
    case .at(let address):
      let host = hosts[try index(of: address)]
      candidates = named.compactMap { setting in
        owner(Setting.all[setting].owner, on: host, at: address).map { (setting, $0) }
      }
    }
    guard let first = candidates.first else { throw unknownSettingProblem(name, at: target) }
    let setting = Setting.all[first.setting]
    guard candidates.count == 1 else {
      throw .settingOfOtherTarget(setting.name, on: target.text, fits: candidates.map { $0.owner })
    }
    return setting
  }

  /// Returns the index of the host that has the setting; -1 if the target is the site or the database as a
  /// whole.
  public func index(of setting: Setting, at target: Target) throws(Problem) -> Int {
    guard case .at(let address) = target else { return -1 }
    let index = try index(of: address)
    guard owner(setting.owner, on: hosts[index], at: address) != nil else {
      throw unknownSettingProblem(setting.name.rawValue, at: target)
    }
    return index
  }

  private func index(of address: Address) throws(Problem) -> Int {
    guard let index = index(of: address.host) else { throw .unknownHost(address.host) }
    if let component = address.component, !hosts[index].has(component) {
      throw .missingComponent(component, host: address.host)
    }
    return index
  }

  private func unknownSettingProblem(_ name: String, at target: Target) -> Problem {
    .unknownSetting(name, on: target.text, choices: settings(at: target).map { $0.name.rawValue })
  }
}
