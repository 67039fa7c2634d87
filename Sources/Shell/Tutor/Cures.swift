import Blueprint
import Simulator

/// What would have saved a request that failed: not looked up, but tried on copies of the site.
extension Tutor {
  /// Whether as many requests of that kind as there are servers would all be answered, after those commands.
  private func isSaved(_ record: Record, by commands: [String]) throws(Complaint) -> Bool {
    var copy = self
    copy.session.purpose = .trial
    for command in commands {
      let reply = copy.obey(command)
      // What was stopped has not been found out.
      if reply.failure == Sentences.failure(for: .timeLimit) { throw .timeLimit }
      if !reply.isOK { return false }
    }
    var sending = Sending(
      count: 2 * max(1, scene.simulation.topology.backends.count), mix: .only(record.kind))
    sending.sources = [record.source]
    sending.paths = [record.path]
    do {
      let outcome = try copy.session.scene.simulation.perform(.send(sending), goOn: session.goOn)
      return outcome.traffic?.failed == 0
    } catch {
      guard error != .interrupted else { throw .timeLimit }
      return false
    }
  }

  /// In the order in which one would try them: nothing, then a setting, then an operation, then a repair.
  private var cures: [(commands: [String], words: String)] {
    let topology = scene.simulation.topology
    let balancer = topology.balancers.first.map { topology.hosts[$0].name } ?? "lb-1"
    var cures: [(commands: [String], words: String)] = [
      ([], "Sent again now, such a request is answered."),
      (["wait 30s"], "Thirty seconds later such a request is answered."),
    ]
    func cure(_ commands: String...) {
      cures.append((commands, "\(commands.joined(separator: "; ")) would have saved it."))
    }
    cure("set \(balancer) redispatch on")
    if topology.hosts.first(where: { $0.isBalancer })?.haproxy?.check != .http {
      cure("set \(balancer) check http", "set \(balancer) check-path app", "wait 30s")
    }
    cure("set database fallback on")
    cure("set database writes primary")
    for place in topology.databaseNodes where topology.hosts[place].mysql?.role == .replica {
      cure("promote \(topology.hosts[place].name)")
    }
    cure("mode active-active servers")
    for place in topology.backends.prefix(20) {
      let host = topology.hosts[place]
      if host.serving.state != .ready { cure("set \(host.name) state ready") }
      if host.serving.weight == 0 { cure("set \(host.name) weight 1") }
      if host.serving.maxconn != nil { cure("set \(host.name) maxconn none") }
    }
    // What is broken itself is repaired, not taken away.
    let broken = scene.simulation.faults.map { $0.target }
    func works(_ part: Address) -> Bool { !broken.contains(.part(part)) }
    for host in topology.hosts.prefix(20) {
      if host.tls != nil, works(Address(host.name, .certificate)) {
        cure("set \(Address(host.name, .certificate).text) validity 90d")
      }
      if host.firewall != nil, works(Address(host.name, .firewall)) {
        cure("remove \(Address(host.name, .firewall).text)", "wait 30s")
      }
    }
    if topology.databaseNodes.isEmpty { cure("add replica") }
    if topology.balancers.count > 1 { cure("mode active-passive balancers") }
    if topology.backends.isEmpty { cure("add server") }
    for fault in scene.simulation.faults { cure("repair \(fault.target.text)") }
    cures.append(
      (
        scene.simulation.faults.map { "repair \($0.target.text)" } + ["wait 30s"],
        "Only repairing what is broken helps."
      ))
    return cures
  }

  /// A sentence or two.
  func cures(for record: Record) throws(Complaint) -> [String] {
    guard !session.isTrial, scene.simulation.size < 20_000 else { return [] }
    var found: [(commands: [String], words: String)] = []
    let all = cures
    for (i, cure) in all.enumerated() {
      guard session.goOn(Double(i) / Double(all.count)) else { throw .timeLimit }
      if try isSaved(record, by: cure.commands) { found.append(cure) }
    }
    guard let first = found.first else {
      return ["Nothing that was tried here would have saved it."]
    }
    // What heals by itself is worth knowing, and so is what would have healed it at once.
    let isPassing = first.commands.isEmpty || first.commands == ["wait 30s"]
    guard isPassing, let next = found.first(where: { $0.commands.first?.hasPrefix("wait") == false }) else {
      return [first.words]
    }
    return first.commands.isEmpty ? [first.words] : [first.words, next.words]
  }
}
