import Blueprint

/// Settings at values that no real site can have. They must not be a way to reach a goal.
enum UnrealSettings {
  /// A name or the beginning of several names, and the value from which on it is unreal.
  private struct Row {
    let name: String
    let bound: Setting.Value
    /// Whether smaller values are unreal too, and not larger ones.
    let isUpper: Bool

    var isReliability: Bool { name.hasSuffix("-") }

    func covers(_ setting: Setting) -> Bool {
      isReliability ? setting.name.rawValue.hasPrefix(name) : setting.name.rawValue == name
    }

    func isUnreal(_ value: Setting.Value) -> Bool {
      switch (value, bound) {
      case (.span(let value), .span(let bound)): isUpper ? value <= bound : value >= bound
      case (.number(let value), .number(let bound)): isUpper ? value <= bound : value >= bound
      default: false
      }
    }
  }

  private static let rows = [
    // No delay: copies arrive, and work is done, in no time.
    Row(name: "lag", bound: .span(.zero), isUpper: true),
    Row(name: "cost", bound: .span(.zero), isUpper: true),
    // A failure is found in no time, and repaired in no time.
    Row(name: "inter", bound: .span(.milliseconds(10)), isUpper: true),
    Row(name: "mttr-", bound: .span(.zero), isUpper: true),
    // Nothing fails.
    Row(name: "mtbf-", bound: .span(.seconds(100_000 * 86_400)), isUpper: false),
    // No user waits for an hour.
    Row(name: "patience", bound: .span(.seconds(3_600)), isUpper: false),
  ]

  /// Returns commands, each of which makes one setting of a site unreal.
  ///
  /// If all commands of a group together do not reach a goal, none of them does.
  static func changes(of site: Topology) -> [[String]] {
    rows.flatMap { row -> [[String]] in
      let commands = Setting.all.filter(row.covers).flatMap { setting in
        targets(of: setting, in: site).map { "set \($0) \(setting.name.rawValue) \(row.bound.command)" }
      }
      // Hosts and components that fail less often, or for a shorter time, never make a site worse.
      return row.isReliability ? [commands] : commands.map { [$0] }
    }
  }

  /// Returns the unreal settings of a site: the host, if there is one, the name and the value.
  static func all(in site: Topology) -> Set<String> {
    var found: Set<String> = []
    for row in rows {
      for setting in Setting.all where row.covers(setting) {
        // The lag of the database can differ from node to node.
        let isWhole = setting.owner == .site || setting.owner == .database
        for position in (isWhole ? -1 : 0)..<(setting.owner == .site ? 0 : site.hosts.count) {
          guard let value = site.value(of: setting, at: position), row.isUnreal(value) else { continue }
          let name = position < 0 ? "" : site.hosts[position].name
          found.insert("\(name) \(setting.name.rawValue) \(value.command)")
        }
      }
    }
    return found
  }

  private static func targets(of setting: Setting, in site: Topology) -> [String] {
    switch setting.owner {
    case .site: ["site"]
    case .database: site.databaseNodes.isEmpty ? [] : ["database"]
    case .server: []
    case .component(let kind):
      site.hosts.filter { $0.has(kind) }.map { Address($0.name, kind).text }
    }
  }
}
