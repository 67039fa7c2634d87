/// The facts about a kind of component: one profile for each kind.
///
/// Commands, completion, drawings, answers, scans and settings all read these profiles. A new kind needs one
/// more profile, its settings in `Host` and its program in the simulator.
public struct ComponentProfile: Sendable {
  /// What the component does, in a few words.
  public let job: String
  /// The short name in `add` and in drawings; nil if they use the kind's own name.
  public var shortName: String?
  /// Whether the component protects or monitors a host instead of serving requests.
  public var protects = false
  /// Whether a server can have the component, as in `add server NAME with …`.
  public var isForServers = false
  /// Whether a server has the component only if `with` names it.
  public var isOptional = false
  /// The default workers, cost and queue; nil if the component serves no requests.
  public var work: Work?
  /// The port on which the component listens. `encryptedPort` is its port for encrypted connections.
  public var port: Port?
  public var encryptedPort: Port?
  /// Whether a connection to a full queue is refused. Otherwise the kernel drops it.
  public var refusesWhenFull = false
  /// Whether the component counts a request as served after reading it, even if the request fails later.
  public var countsFailuresAsServed = false
  /// The ways in which the component can fail. A fault applies to the component if it exploits at least one
  /// of them.
  public var vulnerabilities: Vulnerability
  /// What a crash of the component looks like: the words after its name.
  public var crash = "crashed: it refuses connections"
  /// How often the component fails and how long a repair takes; nil if the model assumes that it never fails.
  public var reliability: ReliabilityRow?
  /// The word for all hosts with this component in a firewall rule.
  public var group: String?
  /// Other words for the component that people type in commands.
  public var synonyms: [String] = []
  /// Words for the component in a learner's answer that also names a host: `database on server-2`.
  public var nouns: [String] = []
  /// Phrases in a learner's answer for all components of this kind, such as `web servers`.
  public var phrases: [String] = []
  /// An example of a fact about the component, for help.
  public let example: String
}

extension ComponentProfile {
  static let haproxy = ComponentProfile(
    job: "the load balancer: chooses a server for each request",
    work: Work(workers: 1, cost: .microseconds(100)), port: .http, encryptedPort: .https,
    countsFailuresAsServed: true, vulnerabilities: .program,
    reliability: ReliabilityRow(
      of: "haproxy", MeanTimes(mtbf: .hours(365 * 24), mttr: .hours(1)),
      mtbfSource: .assumedFrequency("once a year"),
      mttrSource: .assumedManualRepair),
    group: "balancers", synonyms: ["lb", "balancer", "balancers", "loadbalancer", "load-balancer", "proxy"],
    nouns: ["haproxy"], phrases: ["haproxy"], example: "state(balancers.first.haproxy)")

  static let nginx = ComponentProfile(
    job: "the web server: serves static files, forwards other requests to the application",
    isForServers: true, work: Work(workers: 64, cost: .milliseconds(1)), port: .http, encryptedPort: .https,
    vulnerabilities: .program,
    reliability: ReliabilityRow(
      of: "nginx", MeanTimes(mtbf: .hours(365 * 24), mttr: .hours(1)),
      mtbfSource: .assumedFrequency("once a year"),
      mttrSource: .assumedManualRepair),
    group: "web-servers", synonyms: ["web", "webserver", "web-server"], nouns: ["nginx", "web"],
    phrases: ["web server", "web servers", "nginx"], example: "state(primary.host.nginx)")

  static let app = ComponentProfile(
    job: "the application server: runs the code base, queries the database", isForServers: true,
    work: Work(workers: 4, cost: .milliseconds(5)), port: .app, vulnerabilities: [.program, .release],
    reliability: ReliabilityRow(
      of: "an application", MeanTimes(mtbf: .hours(30 * 24), mttr: .minutes(10)),
      mtbfSource: .assumedFrequency("once a month, because it is a site's own code,"),
      mttrSource: "assumed: an operator is told and restarts it"),
    group: "applications", synonyms: ["application", "php", "code"], nouns: ["app", "application", "apps"],
    phrases: ["application server", "app server", "application", "app"], example: "state(primary.host.app)")

  static let files = ComponentProfile(
    job: "the code base and the static files", isForServers: true, vulnerabilities: .release,
    reliability: ReliabilityRow(
      of: "a release", MeanTimes(mtbf: .hours(140 * 24), mttr: .hours(1)),
      mtbfSource:
        "the DORA report of 2024: 5 of 100 releases of the best teams fail; with one release a week, one fails in 20 weeks",
      mttrSource: "the same report: the best teams recover within an hour"),
    nouns: ["files", "code", "file"], phrases: ["code base", "files"], example: "state(primary.host.files)")

  static let mysql = ComponentProfile(
    job: "the database node", isForServers: true, work: Work(workers: 8, cost: .milliseconds(2)),
    port: .mysql, refusesWhenFull: true, vulnerabilities: [.program, .disk],
    reliability: ReliabilityRow(
      of: "a database node", MeanTimes(mtbf: .hours(180 * 24), mttr: .hours(1)),
      mtbfSource: .assumedFrequency("twice a year"), mttrSource: .assumedManualRepair),
    group: "databases",
    synonyms: [
      "db", "database", "databases", "sql", "mariadb", "primary", "master", "replica", "slave",
    ],
    nouns: ["mysql", "database", "db", "databases"], phrases: ["database", "databases", "db", "mysql"],
    example: "state(primary.host.mysql)")

  static let store = ComponentProfile(
    job: "the key-value store: shared data in memory, as in Redis", isForServers: true, isOptional: true,
    work: Work(workers: 1, cost: .microseconds(200)), port: .tcp(6379), refusesWhenFull: true,
    vulnerabilities: .program,
    reliability: ReliabilityRow(
      of: "a key-value store", MeanTimes(mtbf: .hours(365 * 24), mttr: .hours(1)),
      mtbfSource: .assumedFrequency("once a year"), mttrSource: .assumedManualRepair),
    synonyms: ["redis", "cache", "key-value-store"], nouns: ["store", "redis", "cache"],
    phrases: ["key-value store", "store", "redis", "cache"],
    example: "run(add server with store).state(server-3.store)")

  static let firewall = ComponentProfile(
    job: "the firewall: drops packets that no rule allows", protects: true, vulnerabilities: .filter,
    crash: "crashed: it drops every packet, so connections get no answer",
    example: "run(add firewall).state(lb-1.firewall)")

  static let certificate = ComponentProfile(
    job: "the certificate: it proves to browsers that the site is genuine", shortName: "tls", protects: true,
    vulnerabilities: .validity,
    synonyms: ["tls", "ssl", "cert"], example: "run(add tls).state(lb-1.certificate)")

  static let monitor = ComponentProfile(
    job: "the monitoring agent: sends alerts to the operators", protects: true, port: .agent,
    vulnerabilities: .process,
    crash: "crashed: it no longer reports metrics", synonyms: ["agent", "monitoring"],
    example: "run(add monitor).state(lb-1.monitor)")
}

extension String {
  /// Returns the note on the source of a mean time that is only an assumption.
  fileprivate static func assumedFrequency(_ often: String) -> String {
    "\(often) is assumed: no statistics about such processes are published"
  }

  fileprivate static let assumedManualRepair =
    "assumed: an operator is called, finds the cause and restarts it"
}
