import Blueprint
import Simulator

/// Changes to a site that make another answer right, for almost every question.
enum SiteChanges {
  static func commands(_ simulation: Simulation) -> [String] {
    let site = simulation.topology
    let hosts = site.hosts.map { $0.name }
    let nodes = site.databaseNodes.map { Address(hosts[$0], .mysql).text }
    let servers = site.backends.map { hosts[$0] }
    let balancers = site.balancers.map { hosts[$0] }
    let designs = ["active-active", "weighted-standby", "balancer-pair", "scaled-up", "textbook"]
    return designs.map { "load \($0)" } + servers.map { "break \($0)" } + nodes.map { "break \($0)" }
      + balancers.map { "break \($0)" } + ["mode active-passive servers", "algorithm leastconn"]
      + balancers.flatMap { ["set \($0) check off", "set \($0) redispatch on"] }
      + servers.map { "set \($0) weight 7" } + ["set database lag 5s", "set database reads any", "new"]
  }
}
