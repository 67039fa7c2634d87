import Blueprint
import Inspector

/// The text of `explain` for a term or a setting.
extension Term {
  /// All terms, grouped by subject.
  static var list: CommandResponse {
    let lines = groups.flatMap { title, terms in
      [Line("  \(title)", .faint), Line("    ") + Line(Term.listed(terms.map { $0.name }))]
    }
    return CommandResponse(
      lines + [Line("Type ") + Line("`explain TERM`", .accent) + Line(" for the meaning of one of them.")],
      [JSON.Member(.terms, .array(all.map { .string($0.name) }))])
  }

  /// Returns the names as a list. A term of several words is not split between lines.
  private static func listed(_ names: [String]) -> String {
    names.map { $0.split(separator: " ").joined(separator: "\u{A0}") }.joined(separator: ", ")
  }

  func answer(to query: String) -> CommandResponse {
    var lines = [
      Line("  \(title(of: query) ?? name)"), Line("  ") + Line(meaning),
      Line("  ") + Line("Do not confuse this \(confusedWith)"),
      Line("  try        ", .faint) + Line(example, .accent),
    ]
    if !see.isEmpty { lines.append(Line("  see also   ", .faint) + Line(Term.listed(see))) }
    return CommandResponse(lines, members)
  }

  /// Returns a heading that names both words; nil if it was asked for by that name.
  private func title(of query: String) -> String? {
    guard Term.normalized(query) != Term.normalized(name) else { return nil }
    let query = query.split(separator: " ").joined(separator: " ")
    let isName = { (name: String) in
      Term.named(name) == self && Term.normalized(name) == Term.normalized(query)
    }
    if formerNames.contains(where: isName) { return "\(query): the former word for \(name)" }
    return otherNames.contains(where: isName) ? "\(query): explained under \(name)" : nil
  }

  private var members: [JSON.Member] {
    [
      JSON.Member(.term, .string(name)),
      JSON.Member(.also, .array((formerNames + otherNames).map { .string($0) })),
      JSON.Member(.meaning, .string(meaning)), JSON.Member(.try, .string(example)),
      JSON.Member(.confusedWith, .string(confusedWith)),
      JSON.Member(.see, .array(see.map { .string($0) })),
    ]
  }
}

extension Setting {
  /// Returns what a setting means, which targets have it, and how to see it.
  static func answer(to text: String, on topology: Topology) -> CommandResponse? {
    let settings = all.filter { $0.name.rawValue == text.lowercased() }
    guard let setting = settings.first else { return nil }
    let owners = Sentences.listed(settings.map { $0.owner.words }.unique)
    let meaning =
      "A setting of \(owners): \(setting.summary)\(setting.values.alternatives(in: setting.summary))."
    var lines = [Line("  ") + Line(setting.name.rawValue, .accent), Line("  \(meaning)")]
    var members = [
      JSON.Member(.term, .string(setting.name.rawValue)), JSON.Member(.meaning, .string(meaning)),
    ]
    if let target = settings.lazy.compactMap({ $0.owner.example(on: topology) }).first {
      lines.append(Line("  try        ", .faint) + Line("show \(target)", .accent))
      members.append(JSON.Member(.try, .string("show \(target)")))
    }
    return CommandResponse(lines, members)
  }
}

extension Setting.Owner {
  fileprivate var words: String {
    switch self {
    case .site: "the site"
    case .database: "the database"
    case .server: "a server"
    case .component(let component): component.rawValue
    }
  }

  /// Returns the first target that has such settings; nil if there is none.
  func example(on topology: Topology) -> String? {
    switch self {
    case .site: "site"
    case .database: "database"
    case .server: topology.backends.first.map { topology.hosts[$0].name }
    case .component(.haproxy): topology.balancers.first.map { topology.hosts[$0].name }
    case .component(let component):
      topology.hosts.first { $0.has(component) }.map { Address($0.name, component).text }
    }
  }
}
