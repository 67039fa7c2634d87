import Blueprint
import Facts
import Inspector
import Simulator

/// What the arguments of `show` refer to.
enum ShowArgument {
  case wholeSite
  case topic(ShowTopic)
  case fact(String, Word)
  case link(FaultTarget)
  case component(Address)

  /// The parameter's name in the usage line.
  static let name = "COMPONENT|topology|servers|balancer|database|clock|facts|FACT"

  /// Whether the arguments are about the site, not about the language or the time.
  static func isAboutSite(_ words: Arguments) -> Bool {
    words.text(name).flatMap { ShowTopic(rawValue: $0.lowercased()) }?.isAboutSite ?? true
  }

  init(_ words: Arguments, on site: Simulation) throws(Complaint) {
    guard let word = words.word(ShowArgument.name) else {
      self = .wholeSite
      return
    }
    let topology = site.topology
    let whole = words.text(ShowArgument.name) ?? ""
    if ShowArgument.isFact(whole, word, on: topology) {
      self = .fact(whole, word)
      return
    }
    let text = word.text.lowercased()
    // A host with this name takes precedence over a topic that only begins with it.
    let isHost = topology.host(named: text) != nil
    let matches = text.count >= 2 && !isHost ? ShowTopic.allCases.filter { $0.rawValue.hasPrefix(text) } : []
    if let topic = ShowTopic(rawValue: text) ?? (matches.count == 1 ? matches[0] : nil) {
      self = .topic(topic)
    } else if let link = ShowArgument.link(text, on: topology) {
      self = .link(link)
    } else {
      self = .component(try ShowArgument.address(word, on: topology))
    }
  }

  /// Whether the argument is a fact: several words, or a word that only facts use.
  private static func isFact(_ whole: String, _ word: Word, on topology: Topology) -> Bool {
    let text = word.text
    if whole != text { return true }
    if ShowTopic(rawValue: text) != nil || topology.host(named: text) != nil { return false }
    return Fact.table.contains { $0.name == text } || text.contains { "()[]{}=<>+*/".contains($0) }
      || Fact.table.contains { text.hasPrefix("\($0.name).") }
  }

  private static func address(_ word: Word, on topology: Topology) throws(Complaint) -> Address {
    let names = word.text.lowercased().split(separator: ".", omittingEmptySubsequences: false).map(
      String.init)
    if let host = names.first.flatMap({ topology.host(named: $0) }) {
      if names.count == 1 { return Address(host.name) }
      let component =
        names.count == 2 ? names[1] == "tls" ? .certificate : ComponentKind(rawValue: names[1]) : nil
      if let component, host.has(component) {
        return Address(host.name, component)
      }
    }
    let meant = Synonyms.componentNames(called: word.text.lowercased(), in: topology)
    let topics = ShowTopic.allCases.map { $0.rawValue }
    throw .unknownComponent(
      word, choices: meant.isEmpty ? topology.hosts.map { $0.name } + topology.componentNames + topics : meant
    )
  }

  /// Returns a link between two existing hosts, or between a host and the internet.
  private static func link(_ text: String, on topology: Topology) -> FaultTarget? {
    guard let (a, b) = FaultTarget.ends(of: text), a != b,
      [a, b].allSatisfy({ $0 == FaultTarget.internet || topology.host(named: $0) != nil })
    else { return nil }
    return FaultTarget.link(a, b).normalised
  }
}
