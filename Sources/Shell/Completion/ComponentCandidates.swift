import Blueprint
import Facts
import Inspector
import Simulator

/// Candidates from the current site: hosts, components and links.
extension CandidateSearch {
  /// The most hosts that a small site has. On a larger site, a host's components are offered only after its
  /// name is typed.
  private static let smallSite = 8

  private func isNear(_ host: Host) -> Bool {
    topology.hosts.count <= CandidateSearch.smallSite || currentWord.text.lowercased().hasPrefix(host.name)
  }

  mutating func addComponents() {
    for host in topology.hosts {
      addCandidate(host.name, "carries \(Sentences.listed(host.parts.map { $0.rawValue }))")
      guard isNear(host) else { continue }
      for component in host.components {
        addCandidate(Address(host.name, component).text, topology.job(of: component, on: host))
      }
    }
  }

  mutating func addHosts(andInternet: Bool) {
    if andInternet { addCandidate(FaultTarget.internet, "anybody outside") }
    for host in topology.hosts {
      addCandidate(host.name, "carries \(Sentences.listed(host.parts.map { $0.rawValue }))")
    }
  }

  mutating func addTargets() {
    addComponents()
    addCandidate("database", "what all database nodes share")
    addCandidate("site", "what holds for everybody")
  }

  /// Adds topics, components and facts. Facts are added only after some letters, because there are many.
  mutating func addShowArguments() {
    if currentWord.text.isEmpty {
      addHint("FACT", "what is asked of the site; show facts lists them")
    } else if currentWord.text.contains(where: { "(. ".contains($0) }) && !begins(word: currentWord.text) {
      return addFacts()
    }
    for topic in ShowTopic.allCases { addCandidate(topic.rawValue, topic.summary) }
    addComponents()
    if !currentWord.text.isEmpty { for entry in Fact.table { addCandidate(entry.name, entry.meaning) } }
  }

  /// Whether the name of any component begins with the word.
  private func begins(word: String) -> Bool {
    topology.componentNames.contains { $0.hasPrefix(word.lowercased()) }
  }

  mutating func addServers() {
    for index in topology.backends {
      let host = topology.hosts[index]
      addCandidate(host.name, "carries \(Sentences.listed(host.parts.map { $0.rawValue }))")
    }
  }

  mutating func addDatabaseNodes() {
    for index in topology.databaseNodes {
      let host = topology.hosts[index]
      addCandidate(host.name, topology.job(of: .mysql, on: host))
    }
  }

  // MARK: Faults

  mutating func addLinks() {
    let hosts = topology.hosts.map { $0.name }
    let isSmall = hosts.count <= CandidateSearch.smallSite / 2
    for (rank, a) in hosts.enumerated() where isSmall || currentWord.text.lowercased().hasPrefix(a) {
      let isNamed = currentWord.text.lowercased().hasPrefix(a)
      for b in isNamed ? hosts : Array(hosts[(rank + 1)...]) where a != b {
        addCandidate(FaultTarget.link(a, b).text, "the link between \(a) and \(b)")
      }
    }
    for index in topology.balancers {
      let name = topology.hosts[index].name
      addCandidate(
        FaultTarget.link(FaultTarget.internet, name).text, "the link between the users and \(name)")
    }
  }

  mutating func addBrokenTargets(_ placeholder: String) {
    if tutor.session.isFoggy {
      addComponents()
      return addLinks()
    }
    if tutor.session.loadedSite.simulation.faults.isEmpty {
      addHint(placeholder, "what is broken; nothing is now")
    }
    for fault in tutor.session.loadedSite.simulation.faults {
      addCandidate(fault.target.text, "broken: \(fault.fault.text)")
    }
  }
}

extension Topology {
  /// Returns the purpose of a component; for a database node, its role.
  func job(of component: ComponentKind, on host: Host) -> String {
    if component == .mysql, let role = host.mysql?.role, !primaries.isEmpty {
      return "the \(role.rawValue) database node"
    }
    return component.job
  }
}
