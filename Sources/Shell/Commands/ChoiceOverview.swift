import Blueprint
import Inspector
import Simulator

/// The replies of commands that were typed without a choice: what is, what could be, and an example.
enum ChoiceOverview {
  static func algorithm(of topology: Topology) -> CommandResponse {
    let current = topology.algorithm
    let isConsistent = topology.balancers.first.flatMap { topology.hosts[$0].haproxy?.isConsistent } == true
    return overview(
      ["The algorithm is \(current.rawValue)\(isConsistent ? " consistent" : ""): \(current.summary)."],
      Algorithm.allCases.map { ($0.rawValue, $0.summary) },
      example: "algorithm \((current == .leastconn ? Algorithm.roundrobin : .leastconn).rawValue)")
  }

  static func mode(of topology: Topology) -> CommandResponse {
    overview(
      [serverSentence(topology), balancerSentence(topology)],
      [
        (Sharing.activeActive.rawValue, "all of them take requests"),
        (Sharing.activePassive.rawValue, "the first takes requests, the others are standbys"),
      ], example: "mode active-passive servers")
  }

  private static func serverSentence(_ topology: Topology) -> String {
    let servers = topology.backends.map { topology.hosts[$0] }
    let active = servers.filter { !$0.serverSettings.isBackup }.map { $0.name }
    let standbys = servers.filter { $0.serverSettings.isBackup }.map { $0.name }
    guard !servers.isEmpty else { return "There are no servers yet." }
    guard !standbys.isEmpty else {
      return "The servers are active-active: \(Sentences.listed(active)) "
        + (active.count == 1 ? "takes requests." : "take requests.")
    }
    let first =
      active.isEmpty ? "" : "\(Sentences.listed(active)) \(active.count == 1 ? "takes" : "take") requests, "
    return "The servers are active-passive: \(first)\(Sentences.standbys(standbys))."
  }

  private static func balancerSentence(_ topology: Topology) -> String {
    let names = topology.balancers.map { topology.hosts[$0].name }
    guard names.count > 1 else { return "There is one balancer, so it has no standby." }
    return switch topology.sharing {
    case nil: "Users reach only \(names[0]): the balancers have no mode yet."
    case .activeActive: "The balancers are active-active: users reach \(Sentences.listed(names))."
    case .activePassive: "The balancers are active-passive: one has the address, the others are standbys."
    }
  }

  static func promotion(on site: Simulation) -> CommandResponse {
    let nodes = site.databaseReports
    guard !nodes.isEmpty else { return CommandResponse("There is no database node: type `add replica`.") }
    let replica = nodes.first { $0.role == .replica }
    return overview(
      [replica == nil ? "There is no replica to promote." : "`promote` makes a replica the primary."],
      nodes.map { ($0.name, $0.isUp ? $0.role.rawValue : "\($0.role.rawValue), not running") },
      example: replica.map { "promote \($0.name)" } ?? "add replica")
  }

  static func attacks(on topology: Topology) -> CommandResponse {
    overview(
      ["No attack is running. `attack` tries one and shows what it achieves."],
      [
        ("sniff [LINK]", "listen on a link while a user logs in; here, such as \(topology.firstLink)"),
        ("scan [HOST]", "try the ports of one host, or of all hosts"),
        ("flood rate R/s", "send more requests than the site can answer"),
      ], example: "attack scan")
  }

  static func claims(of site: LoadedSite) -> CommandResponse {
    let count = site.claims.count
    return overview(
      ["The site has \(count) \(count == 1 ? "claim" : "claims"); type `claims` to judge them."], [],
      example: "claim \"lb-1 is a SPOF\" expect holds: stops(break(lb-1))")
  }

  static func targets(of topology: Topology) -> CommandResponse {
    overview(
      ["`set` changes a setting of a target."],
      [
        ("hosts", Sentences.listed(topology.hosts.map { $0.name })),
        ("components", "such as \(Sentences.listed(Array(topology.componentNames.prefix(3))))"),
        ("database", "all database nodes"), ("site", "the users and the whole site"),
      ], example: "set \(topology.hosts.last?.name ?? "site")")
  }

  static func settings(of target: Target, _ topology: Topology) -> CommandResponse {
    let settings = topology.settings(at: target)
    guard let first = settings.first else {
      return CommandResponse("\(target.text) has no settings: type `set` for the targets.")
    }
    return overview(
      ["The settings of \(target.text):"],
      settings.map { ("\($0.name.rawValue) \(current($0, at: target, topology))", $0.summary) },
      example: "set \(target.text) \(first.name.rawValue)")
  }

  static func setting(_ setting: Setting, at target: Target, _ topology: Topology) -> CommandResponse {
    let (name, value) = (setting.name.rawValue, current(setting, at: target, topology))
    return overview(
      [
        "\(target.text): \(name) is \(value) (\(setting.summary)).",
        "The value is \(setting.values.sentence).",
      ], [], example: "set \(target.text) \(name) \(setting.exampleValue(besides: value))")
  }

  private static func current(_ setting: Setting, at target: Target, _ topology: Topology) -> String {
    var index = -1
    if case .at(let address) = target { index = topology.index(of: address.host) ?? -1 }
    return topology.value(of: setting, at: index)?.command ?? "default"
  }

  private static func overview(_ now: [String], _ choices: [(String, String)], example: String)
    -> CommandResponse
  {
    let width = (choices.map { $0.0.count }.max() ?? 0) + 2
    return CommandResponse(
      now.map { Line($0) } + choices.map { Line("  \(Column.left($0.0, width))") + Line($0.1, .faint) }
        + [Line("  Example: ") + Line("`\(example)`", .accent)])
  }
}

extension Setting {
  /// Returns a valid value that differs from the current one.
  fileprivate func exampleValue(besides current: String) -> String {
    let candidates: [String] =
      switch values {
      case .number(let range), .limit(let range): ["3", "\(range.lowerBound)", "\(range.upperBound)"]
      case .weight: ["3", "2"]
      case .span(let range), .optionalSpan(let range): ["2s", "5s", range.lowerBound.command]
      case .flag: ["on", "off"]
      case .words(let words): words.map { $0.text }
      }
    return candidates.first { text in text != current && values.read(text).map(accepts) == true } ?? current
  }
}
