import Blueprint
import Facts
import Inspector
import Simulator

/// The commands that build a site and change its settings.
enum BuildCommands {
  static let table: [Command] = [
    Command(
      "new", .build, reveals: .replacingSite, [.optional([.value("BALANCER", .newName)])],
      "Start a new site with one balancer and no servers.", example: "new",
      notes: ["BALANCER": "the name of the balancer (default: lb-1)"],
      see: ["add", "load"]
    ) { session, words throws(Complaint) in
      let name = words.text("BALANCER") ?? "lb-1"
      guard Topology.isValid(name: name) else { throw .problem(.invalidName(name), words.word("BALANCER")) }
      session.replace(
        with: LoadedSite(
          Simulation(topology: .new(balancer: name), seed: session.loadedSite.simulation.topology.site.seed),
          design: "new"))
      return CommandResponse(
        "The new site has one balancer, \(name), and no servers. Type `add server server-1`.")
    },
    Command(
      "load", .build, reveals: .replacingSite, [.value("DESIGN|FILE", .design)],
      "Load a design or a file.",
      example: "load active-active",
      notes: ["DESIGN|FILE": "a built-in design, or a file that `save` wrote"],
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
      "Write the site to a file, as commands that build it.",
      example: "save site.tripod",
      notes: ["FILE": "the file to write; `load` reads it", "force": GeneratedFile.forceNote],
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
      "Add a server, a balancer or a replica, or add protection to hosts.",
      example: "add server server-3 weight 2",
      notes: [
        "server": "a host with nginx, app, files and mysql (default: all four)",
        "balancer": "a host with haproxy; users reach it after `mode … balancers`",
        "replica": "a host with only mysql, which replicates from the primary",
        "NAME": "the name of the host (default: with the next free number)",
        "weight": "the share of the requests", "N": "a weight from 0 to 256 (default: 1)",
        "backup": "makes the server a standby, used when no other server is left",
        "maxconn": "limits the requests in flight at the server", "M": "the most requests",
        "disabled": "starts in maintenance, until `set NAME state ready`",
        "with": "which components the server has",
        "PART": "nginx, app, files or mysql (default: all four)\(extraComponents)",
      ].with(ProtectionCommands.notes),
      see: ["remove", "mode", "set", "component", "replica", "standby"]
    ) { session, words throws(Complaint) in
      try add(&session, words)
    },
    Command(
      "remove", .build, reveals: .inside, [.value("TARGET", .component)],
      "Remove a host or a component.",
      example: "remove server-2.files",
      notes: ["TARGET": "a host, or a component such as server-2.files"],
      see: ["add", "undo"]
    ) { session, words throws(Complaint) in
      guard let address = words.component("TARGET") else { return CommandResponse() }
      let outcome = try session.perform(.change(.remove(address)), about: words.word("TARGET"))
      return CommandResponse([Line("\(address.text) has been removed.")], events: outcome.events)
    },
    Command(
      "set", .build, reveals: .dependingOnArguments { $0["VALUE"] == nil ? .inside : nil },
      [
        .optional([
          .value("TARGET|database|site", .target),
          .optional([.value("KEY", .setting), .optional([.value("VALUE", .settingValue)])]),
        ])
      ],
      "Change a setting, or show what can be set.", example: "set server-1 weight 3; send 8",
      notes: [
        "TARGET|database|site": "a host, a component, all database nodes, or the whole site",
        "KEY": "the setting; without it, the settings of the target are listed",
        "VALUE": "the new value; without it, the current value is shown",
      ],
      see: ["show", "algorithm", "mode", "weight", "health check", "replication"]
    ) { session, words throws(Complaint) in
      try set(&session, words)
    },
    Command(
      "algorithm", .build, reveals: .outside,
      [
        .optional([
          .value("NAME", .choice(Algorithm.allCases.map { $0.rawValue })), .optional([.word("consistent")]),
        ])
      ],
      "Choose or show how the balancers spread requests.",
      example: "set server-2.app cost 80ms; algorithm leastconn; send 100 read rate 20/s",
      notes: algorithmNotes,
      see: ["set", "mode", "round robin", "leastconn", "source hash", "consistent hashing"]
    ) { session, words throws(Complaint) in
      guard let algorithm = words.text("NAME").flatMap(Algorithm.init) else {
        return ChoiceOverview.algorithm(of: session.knownTopology)
      }
      let isConsistent = words.has("consistent")
      let outcome = try session.perform(
        .change(.algorithm(algorithm, isConsistent: isConsistent)), about: words.word("NAME"))
      let line = Line("\(algorithm.rawValue)\(isConsistent ? " consistent" : ""): \(algorithm.summary).")
      return CommandResponse([line], events: outcome.events)
    },
    Command(
      "mode", .build, reveals: .outside,
      [
        .optional([
          .value("MODE", .choice(Sharing.allCases.map { $0.rawValue })),
          .optional([.value("WHAT", .choice(["servers", "balancers"]))]),
        ])
      ],
      "Choose or show whether all take requests, or the others are standbys.",
      example: "mode active-passive servers; send 4",
      notes: [
        "active-active": "all of them take requests",
        "active-passive": "the first takes requests, the others are standbys",
        "servers": "the servers behind the balancer (the default)",
        "balancers": "the balancers: an address each, or one address that moves",
      ],
      see: ["set", "add", "active-active", "active-passive", "floating address"]
    ) { session, words throws(Complaint) in
      try mode(&session, words)
    },
  ]

  private static let algorithmNotes = Algorithm.allCases.reduce(
    into: [
      "consistent": "with source or uri: adding or removing a server moves only its share"
    ]
  ) { $0[$1.rawValue] = $1.summary }

  /// Lists the components that a server has only if `add` names them.
  private static let extraComponents = ComponentKind.installableOnServers.filter { $0.profile.isOptional }
    .map { "; \($0.rawValue) only if named" }.joined()

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
    return CommandResponse("\(Sentences.clean(design.document.name)) is loaded. Type `show` to see it.")
  }

  private static func save(
    _ session: Session, to path: String, _ replacing: ReplacePolicy, _ access: FileAccess
  ) throws(Complaint) -> CommandResponse {
    let script = session.loadedSite.simulation.script + session.loadedSite.claims.map { $0.command }
    try access.write(GeneratedFile.script(script), to: path, replacing, as: "save")
    return CommandResponse(
      [Line("Wrote \(script.count) commands to \(Sentences.clean(path, most: 400)).")],
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
    let components = Sentences.listed(host.parts.map { $0.rawValue })
    let line = Line("\(host.name) is new, with \(components)\(role).")
    return CommandResponse(
      [line] + idleWarning(session, host), [JSON.Member(.component, .string(host.name))],
      events: outcome.events)
  }

  /// Returns a note for a second balancer that users cannot reach; empty for any other host.
  private static func idleWarning(_ session: Session, _ host: Host) -> [Line] {
    guard host.isBalancer, session.loadedSite.simulation.topology.sharing == nil else { return [] }
    return [Line("  No user reaches it yet: type `mode active-passive balancers`.", .faint)]
  }

  private static func set(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse {
    let topology = session.knownTopology
    guard let target = words.target("TARGET|database|site") else {
      return ChoiceOverview.targets(of: topology)
    }
    guard let setting = words.setting("KEY") else {
      return ChoiceOverview.settings(of: target, topology)
    }
    guard let value = words.settingValue("VALUE") else {
      return ChoiceOverview.setting(setting, at: target, topology)
    }
    let name = setting.name.rawValue
    let outcome = try session.perform(
      .change(.set(setting, at: target, to: value)), about: words.word("VALUE"))
    let members = [
      JSON.Member(.component, .string(target.text)), JSON.Member(.key, .string(name)),
      JSON.Member(.value, value.json),
    ]
    var lines = [Line("\(target.text): \(name) is now \(value.command).")]
    if case .percent = value, case .at(let address) = target,
      let weight = session.loadedSite.simulation.topology.host(named: address.host)?.serverSettings.weight
    {
      lines.append(Line("  That is a weight of \(weight)\(weight == 0 ? ", so it gets no requests" : "")."))
    }
    return CommandResponse(lines, members, events: outcome.events)
  }

  private static func mode(_ session: inout Session, _ words: Arguments) throws(Complaint) -> CommandResponse
  {
    guard let sharing = words.text("MODE").flatMap(Sharing.init) else {
      return ChoiceOverview.mode(of: session.knownTopology)
    }
    let isBalancers = words.text("WHAT") == "balancers"
    let outcome = try session.perform(
      .change(isBalancers ? .setBalancerSharing(sharing) : .setServerSharing(sharing)),
      about: words.word("WHAT"))
    let topology = session.loadedSite.simulation.topology
    let names = (isBalancers ? topology.balancers : topology.backends).map { topology.hosts[$0].name }
    var lines = [Line(sentence(for: sharing, names))]
    guard !isBalancers else { return CommandResponse(lines, events: outcome.events) }
    let first = topology.backends.first.map { topology.hosts[$0] }
    if let first, first.serverSettings.weight == 0 {
      lines.append(Line("  The weight of \(first.name) is 0, so it gets no requests."))
    }
    if !session.isFoggy { lines += leftOutLines(session.loadedSite.simulation) }
    return CommandResponse(lines, events: outcome.events)
  }

  /// Says which of the servers or balancers take requests from now on.
  private static func sentence(for sharing: Sharing, _ names: [String]) -> String {
    guard let first = names.first else { return "There are no servers yet." }
    let others = Array(names.dropFirst())
    return switch sharing {
    case .activeActive: "\(Sentences.listed(names)) \(names.count == 1 ? "takes" : "take") requests."
    case .activePassive:
      others.isEmpty
        ? "\(first) takes requests; there is no standby."
        : "\(first) takes requests; \(Sentences.standbys(others))."
    }
  }

  /// Says which servers the balancer leaves out now, whatever the mode says.
  private static func leftOutLines(_ site: Simulation) -> [Line] {
    let reports = site.serverReports
    let down = reports.filter { $0.state == .down }.map { $0.name }
    guard !down.isEmpty else { return [] }
    let available = reports.filter { $0.state == .up || $0.state == .unchecked }
    let active = available.filter { !$0.isBackup }
    let standIn = active.isEmpty ? available.first.map { ", so \($0.name) takes its requests for now" } : nil
    return [
      Line(
        "  \(Sentences.subject(down)) marked DOWN and left out\(standIn ?? "").", .failed)
    ]
  }
}
