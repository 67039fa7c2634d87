import Blueprint
import Inspector
import Simulator

/// Reads words as names on the site: hosts, components and links.
extension ArgumentMatcher {
  func component(_ word: Word) throws(Complaint) -> Address {
    let names = word.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let host = names.first.flatMap { name in
      topology.host(named: name) ?? topology.host(named: name.lowercased())
    }
    guard let host, names.count <= 2 else {
      let meant = Synonyms.componentNames(called: word.text.lowercased(), in: topology)
      let choices = names.count == 2 ? topology.componentNames : topology.hosts.map { $0.name }
      throw .unknownComponent(word, choices: meant.isEmpty ? choices : meant)
    }
    guard names.count == 2 else { return Address(host.name) }
    let name = names[1].lowercased()
    guard let component = ComponentKind(word: name), host.has(component) else {
      throw .unknownComponent(
        word, choices: host.components.map { Address(host.name, $0).text })
    }
    return Address(host.name, component)
  }

  func host(_ word: Word) throws(Complaint) -> String {
    let address = try component(word)
    guard address.component == nil else {
      throw .unknownComponent(word, choices: [address.host])
    }
    return address.host
  }

  func faultTarget(_ word: Word) throws(Complaint) -> FaultTarget {
    guard let (a, b) = FaultTarget.ends(of: word.text.lowercased()) else {
      return .component(try component(word))
    }
    for end in [a, b] where end != FaultTarget.internet && topology.host(named: end) == nil {
      throw .unknownComponent(
        Word(text: end, position: word.position),
        choices: topology.hosts.map { $0.name } + [FaultTarget.internet])
    }
    return .link(a, b)
  }

  func link(_ word: Word) throws(Complaint) -> FaultTarget {
    guard FaultTarget.ends(of: word.text.lowercased()) != nil else {
      throw .unreadable(word, as: "a link such as \(topology.firstLink)", choices: [])
    }
    return try faultTarget(word)
  }

  /// Reads the source in a firewall rule: everyone, the operators, a host, the hosts with a component, or
  /// addresses.
  func source(_ word: Word) throws(Complaint) -> Source {
    let text = word.text.lowercased()
    if text == FaultTarget.internet { return .internet }
    if text == Source.operatorName { return .operator }
    if let group = Source.groups.first(where: { $0.name == text }) { return .hostsWith(group.kind) }
    if let (address, bits) = IPv4.network(reading: text) { return .network(address, bits: bits) }
    if let host = topology.host(named: text) { return .host(host.name) }
    throw .unknownComponent(
      word,
      choices: topology.hosts.map { $0.name } + [FaultTarget.internet, Source.operatorName]
        + Source.groups.map { $0.name })
  }

  func target(_ word: Word) throws(Complaint) -> Target {
    switch word.text.lowercased() {
    case "site": .site
    case "database": .database
    default: .at(try component(word))
    }
  }
}

extension Topology {
  /// The names of all components, as commands use them.
  var componentNames: [String] {
    hosts.flatMap { host in host.components.map { Address(host.name, $0).text } }
  }

  /// The link between the users and the first balancer.
  var firstLink: String {
    Hop.link(FaultTarget.internet, balancers.first.map { hosts[$0].name } ?? "")
  }
}
