import Blueprint
import Facts
import Inspector
import Simulator

/// The current hosts, their components, and the links between them.
extension CandidateSearch {
  /// The most hosts of a small site. On a larger site, the components of a host are offered once its name is
  /// typed.
  private static let smallSite = 8

  private func isNear(_ host: Host) -> Bool {
    topology.hosts.count <= CandidateSearch.smallSite || begun.text.lowercased().hasPrefix(host.name)
  }

  mutating func addComponents() {
    for host in topology.hosts {
      offer(host.name, "carries \(Sentences.listed(host.parts.map { $0.rawValue }))")
      guard isNear(host) else { continue }
      for part in host.components {
        offer(Address(host.name, part).text, topology.job(of: part, on: host))
      }
    }
  }

  mutating func addHosts(andInternet: Bool) {
    if andInternet { offer(FaultTarget.internet, "anybody outside") }
    for host in topology.hosts {
      offer(host.name, "carries \(Sentences.listed(host.parts.map { $0.rawValue }))")
    }
  }

  mutating func addTargets() {
    addComponents()
    offer("database", "what all database nodes share")
    offer("site", "what holds for everybody")
  }

  /// Adds topics, components and facts. Facts are added only after some letters, because there are many.
  mutating func addShown() {
    if begun.text.isEmpty {
      tell("FACT", "what is asked of the site; show facts lists them")
    } else if begun.text.contains(where: { "(. ".contains($0) }) && !begins(word: begun.text) {
      return addFacts()
    }
    for topic in ShowTopic.allCases { offer(topic.rawValue, topic.summary) }
    addComponents()
    if !begun.text.isEmpty { for entry in Fact.table { offer(entry.name, entry.meaning) } }
  }

  /// Whether the name of a component begins with the word.
  private func begins(word: String) -> Bool {
    topology.partNames.contains { $0.hasPrefix(word.lowercased()) }
  }

  mutating func addServers() {
    for place in topology.backends {
      let host = topology.hosts[place]
      offer(host.name, "carries \(Sentences.listed(host.parts.map { $0.rawValue }))")
    }
  }

  mutating func addDatabaseNodes() {
    for place in topology.databaseNodes {
      let host = topology.hosts[place]
      offer(host.name, topology.job(of: .mysql, on: host))
    }
  }

  // MARK: Faults

  mutating func addLinks() {
    let hosts = topology.hosts.map { $0.name }
    let isSmall = hosts.count <= CandidateSearch.smallSite / 2
    for (rank, a) in hosts.enumerated() where isSmall || begun.text.lowercased().hasPrefix(a) {
      let isNamed = begun.text.lowercased().hasPrefix(a)
      for b in isNamed ? hosts : Array(hosts[(rank + 1)...]) where a != b {
        offer(FaultTarget.link(a, b).text, "the link between \(a) and \(b)")
      }
    }
    for place in topology.balancers {
      let name = topology.hosts[place].name
      offer(FaultTarget.link(FaultTarget.internet, name).text, "the link between the users and \(name)")
    }
  }

  mutating func addBroken(_ placeholder: String) {
    if tutor.session.isFoggy {
      addComponents()
      return addLinks()
    }
    if tutor.session.scene.simulation.faults.isEmpty { tell(placeholder, "what is broken; nothing is now") }
    for fault in tutor.session.scene.simulation.faults {
      offer(fault.target.text, "broken: \(fault.fault.text)")
    }
  }
}

extension Topology {
  /// Returns the purpose of a component; for a database node, its role.
  func job(of part: ComponentKind, on host: Host) -> String {
    if part == .mysql, let role = host.mysql?.role, !primaries.isEmpty {
      return "the \(role.rawValue) database node"
    }
    return part.job
  }
}
