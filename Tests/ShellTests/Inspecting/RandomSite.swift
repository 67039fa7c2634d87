import Testing

@testable import Shell

/// A random site that a user might build: one or two tiers, one or two balancers, with or without firewalls.
struct RandomSite {
  private var dice: Dice
  private(set) var session = Tutor("new")

  init(seed: Int) {
    dice = Dice(UInt64(seed))
    dice.chance(70) ? addServers() : addTiers()
    setUpBalancers()
    setUpDatabase()
    for protection in RandomSite.protections where dice.chance(35) { session.do(protection) }
    session.do("wait 30s")
  }

  private static let protections = [
    "add firewall", "add tls", "add tls to-servers", "set database tls on", "add monitor",
    "add monitor server-1 pull",
  ]

  private mutating func addServers() {
    for number in 1...(2 + dice.roll(2)) {
      let option = dice.chance(25) && number > 1 ? " backup" : ""
      session.do("add server server-\(number)\(option)\(dice.pick(["", "", " with nginx,app,files"]))")
    }
    if session.loadedSite.simulation.topology.databaseNodes.isEmpty {
      session.do("add server db-1 with mysql")
    }
  }

  private mutating func addTiers() {
    for number in 1...2 { session.do("add server server-\(number) with nginx,files") }
    for number in 1...(1 + dice.roll(2)) { session.do("add server app-\(number) with app,files") }
    for number in 1...(1 + dice.roll(2)) { session.do("add server db-\(number) with mysql") }
  }

  private mutating func setUpBalancers() {
    session.do("set lb-1 check \(dice.pick(["off", "tcp", "http"]))")
    session.do("set lb-1 redispatch \(dice.pick(["on", "off"]))")
    session.do("algorithm \(dice.pick(["roundrobin", "leastconn", "source"]))")
    guard dice.chance(50) else { return }
    session.do("add balancer lb-2")
    if dice.chance(75) { session.do("mode active-passive balancers") }
    session.do("set lb-2 check \(dice.pick(["off", "tcp", "http"]))")
    session.do("set lb-2 track \(dice.pick(["on", "off"]))")
  }

  private mutating func setUpDatabase() {
    session.do("set database reads \(dice.pick(["local", "primary", "any"]))")
    session.do("set database writes \(dice.pick(["primary", "primary", "local"]))")
    session.do("set database fallback \(dice.pick(["on", "off"]))")
    session.do("set database failover \(dice.pick(["manual", "auto"]))")
  }

  /// Injects a fault into a random target.
  mutating func breakRandomTarget() {
    let components = session.do("show topology").json["components"]?.elements ?? []
    let names = components.compactMap { $0["id"]?.string }.filter { !$0.hasSuffix(".monitor") }
    session.do("break \(dice.pick(names)); wait 1m")
  }
}
