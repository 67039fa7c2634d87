/// The topics of `show`, apart from components, links and facts.
enum ShowTopic: String, CaseIterable {
  case topology, servers, balancer, database, clock, site, facts, legend

  var summary: String {
    switch self {
    case .topology: "all hosts and their components"
    case .servers: "the servers as the balancer sees them"
    case .balancer: "the settings of the balancers"
    case .database: "the database nodes, their roles and their writes"
    case .clock: "the time on the site"
    case .site: "the settings of the whole site"
    case .facts: "the facts that can be asked about the site"
    case .legend: "the meanings of the signs in drawings"
    }
  }

  /// Whether the topic is about the site, not about the language or the time.
  var isAboutSite: Bool {
    switch self {
    case .clock, .facts, .legend: false
    case .topology, .servers, .balancer, .database, .site: true
    }
  }
}
