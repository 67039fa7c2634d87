/// The topics of `show`, apart from components, links and facts.
enum ShowTopic: String, CaseIterable {
  case topology, servers, balancer, database, clock, site, facts, legend

  var summary: String {
    switch self {
    case .topology: "all hosts and what they carry"
    case .servers: "the servers as the balancer sees them"
    case .balancer: "the settings of the balancers"
    case .database: "the nodes, their roles and how far each has come"
    case .clock: "what time it is on the site"
    case .site: "the settings that hold for everybody"
    case .facts: "what can be asked of the site"
    case .legend: "what the signs of the drawing mean"
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
