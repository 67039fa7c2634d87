import Blueprint
import Facts
import Inspector
import Simulator

/// The commands that build a site and change its settings.
enum BuildCommands {
  static let table: [Command] = [
    Command(
      "new", .build, reveals: .replacingSite, [.optional([.value("BALANCER", .newName)])],
      "Start from nothing: one balancer, no server.", example: "new",
      notes: ["BALANCER": "what to call the balancer; lb-1 unless said"],
      see: ["add", "load"]
    ) { session, words throws(Complaint) in
      let name = words.text("BALANCER") ?? "lb-1"
      guard Topology.isValid(name: name) else { throw .problem(.invalidName(name), words.word("BALANCER")) }
      session.replace(
        with: LoadedSite(
          Simulation(topology: .new(balancer: name), seed: session.loadedSite.simulation.topology.site.seed),
          design: "new"))
      return CommandResponse("A balancer and nothing behind it. add server server-1")
    },
    Command(
      "load", .build, reveals: .replacingSite, [.value("DESIGN|FILE", .design)],
      "Build a design, or what a file describes.",
      example: "load active-active",
      notes: ["DESIGN|FILE": "a design that is built in, or a file that save wrote"],
      see: ["save", "new", "show"],
      handler: .either(
        { tutor, words throws(Complaint) in
          guard let word = words.word("DESIGN|FILE") else { return CommandResponse() }
          return try load(&tutor, tutor.session.designs.design(word))
        },
        forPeople: { tutor, words, access throws(Complaint) in
          guard let word = words.word("DESIGN|FILE") else { return CommandResponse() }
          return try load(&tutor, tutor.session.designs.design(word, access))
        })),
    Command(
      "save", .build, reveals: .inside, [.value("FILE", .file), .optional([.word("force")])],
      "Write the site as commands that build it again.",
      example: "save site.tripod",
      notes: ["FILE": "where to write it; load reads it again", "force": GeneratedFile.forceNote],
      see: ["load", "source"],
      handler: .withFiles { tutor, words, access throws(Complaint) in
        try save(tutor.session, to: words.text("FILE") ?? "", words.replacing, access)
      }),
    Command(
      "add", .build, reveals: .outside,
      [
        .oneOf(
          [
            [.word("server"), .optional([.value("NAME", .newName)]), .anyOrder(serverOptions)],
            [.word("balancer"), .optional([.value("NAME", .newName)])],
            [.word("replica"), .optional([.value("NAME", .newName)])],
          ] + ProtectionCommands.parameters)
      ],
      "Add a host: a server with its parts, a balancer, or a host with a replica. Or protect hosts that are there.",
      example: "add server server-3 weight 2",
      notes: [
        "server": "a host with nginx, app, files and mysql, or with some of them",
        "balancer": "a host with haproxy; users find it after mode … balancers",
        "replica": "a host with mysql alone, which copies the primary",
        "NAME": "what to call it; the next free number unless said",
        "weight": "its share of the requests", "N": "a weight from 0 to 256; 1 unless said",
        "backup": "it stands by until no other server is left",
        "maxconn": "the most requests that it gets at once", "M": "so many",
        "disabled": "it is in maintenance until set NAME state ready",
        "with": "what it carries", "PART": "nginx, app, files, mysql; all four unless said\(extraComponents)",
      ].with(ProtectionCommands.notes),
      see: ["remove", "mode", "set", "component", "replica", "standby"]
    ) { session, words throws(Complaint) in
      try add(&session, words)
    },
    Command(
      "remove", .build, reveals: .inside, [.value("COMPONENT", .component)],
      "Take a host or one of its parts away.",
      example: "remove server-2.files",
      notes: ["COMPONENT": "a host, or a part of one such as server-2.files"],
      see: ["add", "undo"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("COMPONENT") else { return CommandResponse() }
      let outcome = try session.perform(.change(.remove(address)), about: words.word("COMPONENT"))
      return CommandResponse([Line("\(address.text) is gone.")], events: outcome.events)
    },
    Command(
      "set", .build, reveals: .outside,
      [.value("COMPONENT|database|site", .target), .value("KEY", .setting), .value("VALUE", .settingValue)],
      "Change a setting. show COMPONENT lists those that it has.", example: "set server-1 weight 3; send 8",
      notes: [
        "COMPONENT|database|site": "what it belongs to: a host, a part, all database nodes, or everybody",
        "KEY": "which setting",
        "VALUE": "a number, a time such as 500ms or 2s, on or off, or one of its words",
      ],
      see: ["show", "algorithm", "mode", "weight", "health check", "replication"]
    ) { session, words throws(Complaint) in
      try set(&session, words)
    },
    Command(
      "algorithm", .build, reveals: .outside,
      [.value("NAME", .choice(Algorithm.allCases.map { $0.rawValue })), .optional([.word("consistent")])],
      "Choose how the balancers spread requests.",
      example: "set server-2.app cost 80ms; algorithm leastconn; send 100 read rate 20/s",
      notes: algorithmNotes,
      see: ["set", "mode", "round robin", "leastconn", "source hash", "consistent hashing"]
    ) { session, words throws(Complaint) in
      let algorithm = words.text("NAME").flatMap(Algorithm.init) ?? .roundrobin
      let isConsistent = words.has("consistent")
      let outcome = try session.perform(
        .change(.algorithm(algorithm, isConsistent: isConsistent)), about: words.word("NAME"))
      let line = Line("\(algorithm.rawValue)\(isConsistent ? " consistent" : ""): \(algorithm.summary).")
      return CommandResponse([line], events: outcome.events)
    },
    Command(
      "mode", .build, reveals: .outside,
      [
        .value("MODE", .choice(Sharing.allCases.map { $0.rawValue })),
        .optional([.value("WHAT", .choice(["servers", "balancers"]))]),
      ],
      "Let all serve, or one with the others standing by: the servers, or the balancers.",
      example: "mode active-passive servers; send 4",
      notes: [
        "active-active": "all of them serve",
        "active-passive": "the first serves, the others stand by",
        "servers": "the servers behind the balancer; so unless said",
        "balancers": "the balancers themselves: an address each, or one that moves",
      ],
      see: ["set", "add", "active-active", "active-passive", "floating address"]
    ) { session, words throws(Complaint) in
      try mode(&session, words)
    },
  ]

  private static let algorithmNotes = Algorithm.allCases.reduce(
    into: [
      "consistent": "with source or uri: a server that comes or goes moves only its own share"
    ]
  ) { $0[$1.rawValue] = $1.summary }

  /// Lists the components that a server has only if `add` names them.
  private static let extraComponents = ComponentKind.installableOnServers.filter { $0.profile.isOptional }
    .map { "; \($0.rawValue) only if it is named" }.joined()

  private static let serverOptions: [[Parameter]] = [
    [.word("weight"), .value("N", .number(0...256))],
    [.word("backup")],
    [.word("maxconn"), .value("M", .number(1...1_000_000))],
    [.word("disabled")],
    [.word("with"), .value("PART", .parts)],
  ]
}

extension BuildCommands {
  private static func load(_ tutor: inout Tutor, _ design: FoundDesign) throws(Complaint) -> CommandResponse {
    let seed = tutor.loadedSite.simulation.topology.site.seed
    tutor.session.replace(with: try tutor.build(design, seed: seed))
    return CommandResponse([Line("\(Sentences.clean(design.document.name)) stands. show draws it.")])
  }

  private static func save(
    _ session: Session, to path: String, _ replacing: ReplacePolicy, _ access: FileAccess
  ) throws(Complaint) -> CommandResponse {
    let script = session.loadedSite.simulation.script + session.loadedSite.claims.map { $0.command }
    try access.write(GeneratedFile.script(script), to: path, replacing, as: "save")
    return CommandResponse(
      [Line("Written to \(Sentences.clean(path, most: 400)): \(script.count) commands.")],
      [JSON.Member(.file, .string(path)), JSON.Member(.commands, .integer(script.count))])
  }

  private static func add(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse {
    if let change = ProtectionCommands.change(words) {
      return try ProtectionCommands.add(&session, change, about: words.word("HOST"))
    }
    let change: Change
    if words.has("balancer") {
      change = .addBalancer(name: words.text("NAME"))
    } else if words.has("replica") {
      var server = NewServer(name: words.text("NAME"), components: [.mysql])
      server.stem = "replica"
      change = .addServer(server)
    } else {
      var server = NewServer(
        name: words.text("NAME"), components: words.parts("PART") ?? ComponentKind.serverDefaults)
      server.weight = words.number("N") ?? 1
      server.maxconn = words.number("M")
      server.isBackup = words.has("backup")
      server.isDisabled = words.has("disabled")
      change = .addServer(server)
    }
    let outcome = try session.perform(.change(change), about: words.word("NAME"))
    guard let host = session.loadedSite.simulation.topology.hosts.last else { return CommandResponse() }
    let role = session.isFoggy ? "" : host.mysql.map { ", mysql as \($0.role.rawValue)" } ?? ""
    let line = Line("\(host.name) carries \(Sentences.listed(host.parts.map { $0.rawValue }))\(role).")
    return CommandResponse(
      [line] + idleWarning(session, host), [JSON.Member(.component, .string(host.name))],
      events: outcome.events)
  }

  /// Returns a note for a second balancer that users cannot reach; empty for any other host.
  private static func idleWarning(_ session: Session, _ host: Host) -> [Line] {
    guard host.isBalancer, session.loadedSite.simulation.topology.sharing == nil else { return [] }
    return [Line("Nobody reaches it yet: mode active-passive balancers pairs the two.", .faint)]
  }

  private static func set(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse {
    guard let target = words.target("COMPONENT|database|site"), let setting = words.setting("KEY"),
      let value = words.settingValue("VALUE")
    else { return CommandResponse() }
    let name = setting.name.rawValue
    let outcome = try session.perform(
      .change(.set(setting, at: target, to: value)), about: words.word("VALUE"))
    let members = [
      JSON.Member(.component, .string(target.text)), JSON.Member(.key, .string(name)),
      JSON.Member(.value, value.json),
    ]
    var lines = [Line("\(target.text): \(name) \(value.command).")]
    if case .percent = value, case .at(let address) = target,
      let weight = session.loadedSite.simulation.topology.host(named: address.host)?.serverSettings.weight
    {
      lines.append(Line("  that is a weight of \(weight)\(weight == 0 ? ": it gets nothing" : "")"))
    }
    return CommandResponse(lines, members, events: outcome.events)
  }

  private static func mode(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse
  {
    let sharing = words.text("MODE").flatMap(Sharing.init) ?? .activeActive
    let isBalancers = words.text("WHAT") == "balancers"
    let outcome = try session.perform(
      .change(isBalancers ? .setBalancerSharing(sharing) : .setServerSharing(sharing)),
      about: words.word("WHAT"))
    let topology = session.loadedSite.simulation.topology
    let servingHosts = (isBalancers ? topology.balancers : topology.backends).map { topology.hosts[$0].name }
    let line: String
    switch sharing {
    case .activeActive:
      line = "\(Sentences.listed(servingHosts)) \(servingHosts.count == 1 ? "serves" : "serve") at once."
    case .activePassive:
      let others = Array(servingHosts.dropFirst())
      line =
        "\(servingHosts.first ?? "nobody") serves"
        + (others.isEmpty
          ? "; there is nobody to stand by."
          : ", \(Sentences.listed(others)) \(others.count == 1 ? "stands" : "stand") by.")
    }
    let first = topology.backends.first.map { topology.hosts[$0] }
    let idle = isBalancers ? nil : first.flatMap { $0.serverSettings.weight == 0 ? $0.name : nil }
    return CommandResponse(
      [Line(line)] + (idle.map { [Line("  The weight of \($0) is 0, so it gets nothing.")] } ?? []),
      events: outcome.events)
  }
}
