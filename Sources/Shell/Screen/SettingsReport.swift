import Blueprint
import Inspector

/// A report of the settings of hosts, components, the database or the site.
struct SettingsReport {
  let topology: Topology

  func answer(for addresses: [Address], states: (Address) -> [Line]) -> CommandResponse {
    var lines: [Line] = []
    for address in addresses {
      let name = address.component == nil ? "" : ": \(address.component?.job ?? "")"
      lines += states(address)
      lines += self.lines(of: .at(address), title: address.text + name)
      if address.component == nil, let host = topology.host(named: address.host) {
        for component in host.components {
          lines += self.lines(
            of: .at(Address(host.name, component)), title: Address(host.name, component).text,
            except: .at(address))
        }
      }
    }
    let all = addresses.map { address in
      JSON.object([JSON.Member(.component, .string(address.text)), member(of: .at(address))])
    }
    let members = addresses.first.map { address in
      [JSON.Member(.component, .string(address.text)), member(of: .at(address))]
    }
    return CommandResponse(lines, (members ?? []) + [JSON.Member(.components, .array(all))])
  }

  func lines(of target: Target, title: String, except shown: Target? = nil) -> [Line] {
    let before = shown.map { topology.settings(at: $0).map { $0.name } } ?? []
    let settings = topology.settings(at: target).filter { $0.owner != .database && !before.contains($0.name) }
    let hasRules = !ruleLines(of: target).isEmpty
    guard !settings.isEmpty || shown == nil || hasRules else { return [] }
    return [Line("  \(title)")] + ruleLines(of: target)
      + settings.map { setting in
        let value = value(of: setting, at: target)?.command ?? "default"
        return Line("    \(Column.left(setting.name.rawValue, 16)) \(Column.left(value, 10)) ")
          + Line(setting.summary, .faint)
      } + origins(of: settings)
  }

  /// Returns the origins of the default values.
  private func origins(of settings: [Setting]) -> [Line] {
    let known = settings.filter { !$0.origin.isEmpty }
    guard !known.isEmpty else { return [] }
    return [Line("  Where these values come from")]
      + known.map { Line("    \(Column.left($0.name.rawValue, 16)) ") + Line($0.origin, .faint) }
  }

  /// Returns the rules of a firewall, the alerts of an agent, or how far TLS reaches.
  private func ruleLines(of target: Target) -> [Line] {
    guard case .at(let address) = target, let host = topology.host(named: address.host)
    else {
      return []
    }
    let rules = address.component.flatMap { SettingsReport.rules[$0] }?(host) ?? []
    return rules.map { Line("    \($0)") }
  }

  /// How to list the rules of each kind of component that has rules. The dictionary is never iterated,
  /// because its order is random.
  private static let rules: [ComponentKind: @Sendable (Host) -> [String]] = [
    .firewall: { $0.firewall?.rules ?? [] },
    .monitor: { ($0.monitor?.alerts ?? []).map { "alert \($0.text)" } },
    .certificate: { $0.tls.map { [$0.reach.sentence] } ?? [] },
  ]

  func member(of target: Target) -> JSON.Member {
    let settings = topology.settings(at: target)
    return JSON.Member(
      .settings,
      .object(settings.map { JSON.Member(named: $0.name.rawValue, value(of: $0, at: target)?.json ?? .null) })
    )
  }

  private func value(of setting: Setting, at target: Target) -> Setting.Value? {
    if case .at(let address) = target {
      return topology.value(of: setting, at: topology.index(of: address.host) ?? -1)
    }
    return topology.value(of: setting, at: -1)
  }
}

extension Setting.Value {
  var json: JSON {
    switch self {
    case .number(let n): .integer(n)
    case .percent(let n): .string("\(n)%")
    case .none: .null
    case .span(let span): .milliseconds(span)
    case .flag(let flag): .flag(flag)
    case .word(let word): .string(word)
    }
  }
}
