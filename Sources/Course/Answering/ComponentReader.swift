import Blueprint

/// Finds the components that words refer to: `lb-1`, `server 1`, `mysql on server-2`, `load balancer`, `the
/// primary`.
struct ComponentReader {
  private let topology: Topology
  private let names: [String]

  init(_ topology: Topology) {
    self.topology = topology
    names = topology.hosts.flatMap { host in
      [host.name] + host.parts.map { Address(host.name, $0).text }
    }
  }

  /// The names of the servers.
  var servers: [String] { topology.hosts.filter { !$0.isBalancer }.map { $0.name } }

  /// Whether all words refer to components, even if it is not clear to which.
  func knows(_ words: [String]) -> Bool {
    var rest = plain(words)[...]
    while !rest.isEmpty {
      guard let match = match(rest) else { return false }
      rest = rest.dropFirst(match.length)
    }
    return true
  }

  private func plain(_ words: [String]) -> [String] {
    words.filter { !["the", "a", "an", "only", "just", "host"].contains($0) }
  }

  /// Returns the components that the words refer to. If there are none, `form` is the hint of the error.
  func names(in words: [String], form: String) throws(UnreadableAnswer) -> [String] {
    var found: [String] = []
    var rest = plain(words)[...]
    while let first = rest.first {
      guard let match = match(rest) else {
        throw UnreadableAnswer("I could not read “\(first.cleaned())”", hint: form)
      }
      let phrase = rest.prefix(match.length).joined(separator: " ")
      guard match.isAll || match.names.count == 1 else {
        throw UnreadableAnswer(
          match.names.isEmpty
            ? "there is no \(phrase.cleaned()) here"
            : "“\(phrase.cleaned())” could be \(Prose.either(Array(match.names.prefix(6))))",
          hint: form)
      }
      found += match.names
      rest = rest.dropFirst(match.length)
    }
    return found
  }

  /// The components that the first words refer to, and the number of these words.
  private struct Match {
    let names: [String]
    let length: Int
    var isAll = false
  }

  private func match(_ words: ArraySlice<String>) -> Match? {
    if let first = words.first, ["both", "all", "every", "each"].contains(first) {
      guard let inner = match(words.dropFirst()) else { return nil }
      return Match(names: inner.names, length: inner.length + 1, isAll: true)
    }
    return name(words) ?? part(words) ?? role(words)
  }

  /// Matches a name, which may be split at hyphens or followed by a component.
  private func name(_ words: ArraySlice<String>) -> Match? {
    for length in [2, 1] where words.count >= length {
      guard let name = knownName(words.prefix(length).joined()) else { continue }
      let behind = words.dropFirst(length)
      if let kind = behind.first.flatMap(ComponentReader.kind),
        let part = knownName("\(name).\(kind.rawValue)")
      {
        return Match(names: [part], length: length + 1)
      }
      return Match(names: [name], length: length)
    }
    return nil
  }

  private func knownName(_ text: String) -> String? {
    let wanted = ComponentReader.plain(text)
    if let name = names.first(where: { ComponentReader.plain($0) == wanted }) { return name }
    // A link is written as two hosts, and a port as a host and a number.
    for mark in ["--", ":"] {
      guard let (a, b) = text.parted(at: mark), isLinkEnd(a),
        isLinkEnd(b) || mark == ":" && NumberWords.whole(b) != nil
      else { continue }
      return text
    }
    return nil
  }

  private func isLinkEnd(_ name: String) -> Bool {
    name == "internet" || topology.hosts.contains { $0.name == name }
  }

  /// Returns a name without the characters that people often write differently.
  private static func plain(_ name: String) -> String {
    var text = name.lowercased()
    text.removeAll { $0 == "-" || $0 == "_" || $0 == " " }
    return text
  }

  /// Matches `mysql on server-2`.
  private func part(_ words: ArraySlice<String>) -> Match? {
    let prepositions = ["on", "of", "at", "in", "from"]
    guard words.count >= 3, let kind = words.first.flatMap(ComponentReader.kind) else { return nil }
    let behind = words.dropFirst()
    guard let preposition = behind.first, prepositions.contains(preposition),
      let host = name(behind.dropFirst()),
      let part = knownName("\(host.names[0]).\(kind.rawValue)")
    else { return nil }
    return Match(names: [part], length: 2 + host.length)
  }

  private static func kind(_ word: String) -> ComponentKind? {
    ComponentKind.allCases.first { $0.profile.nouns.contains(word) }
  }

  /// Phrases for components with a role, followed by phrases for all components of a kind.
  private static let roles: [(words: [String], component: ComponentKind?, role: NamedRole)] =
    [
      (["load", "balancer"], .haproxy, .balancer), (["load", "balancers"], .haproxy, .balancer),
      (["balancer"], .haproxy, .balancer), (["balancers"], .haproxy, .balancer),
      (["lb"], .haproxy, .balancer), (["primary", "mysql"], .mysql, .primary),
      (["primary", "database"], .mysql, .primary), (["primary"], .mysql, .primary),
      (["master"], .mysql, .primary), (["replica", "mysql"], .mysql, .replica),
      (["replica", "database"], .mysql, .replica), (["replica"], .mysql, .replica),
      (["replicas"], .mysql, .replica), (["slave"], .mysql, .replica), (["servers"], nil, .server),
      (["server"], nil, .server),
    ]
    + ComponentKind.allCases.flatMap { kind in
      kind.profile.phrases.map { ($0.split(separator: " ").map(String.init), kind, .any) }
    }

  private enum NamedRole {
    case any, balancer, primary, replica, server
  }

  /// Matches a role. Returns all components with that role.
  private func role(_ words: ArraySlice<String>) -> Match? {
    guard let role = ComponentReader.roles.first(where: { words.starts(with: $0.words) }) else { return nil }
    let primaries = topology.primaries
    let names = topology.hosts.indices.compactMap { (index: Int) -> String? in
      let host = topology.hosts[index]
      switch role.role {
      case .balancer: return host.isBalancer ? host.name : nil
      case .server: return host.isBalancer ? nil : host.name
      case .primary: return primaries.contains(index) ? Address(host.name, .mysql).text : nil
      case .replica:
        return host.has(.mysql) && !primaries.contains(index) ? Address(host.name, .mysql).text : nil
      case .any: return role.component.flatMap { host.has($0) ? Address(host.name, $0).text : nil }
      }
    }
    return Match(names: names, length: role.words.count)
  }
}
