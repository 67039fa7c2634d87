import Blueprint
import Simulator

extension Command {
  static let building: [Command] = [
    Command(
      "new", .build, [.optional([.value("BALANCER", .newName)])],
      "Start from nothing: one balancer, no server.", example: "new"
    ) { session, words throws(Complaint) in
      let name = words.text("BALANCER") ?? "lb-1"
      guard Topology.isFit(name: name) else { throw .problem(.unfitName(name), words.word("BALANCER")) }
      session.replace(
        with: Scene(
          Simulation(topology: .new(balancer: name), seed: session.scene.simulation.topology.site.seed),
          design: "new"))
      return Answer("A balancer and nothing behind it. add server server-1")
    },
    Command(
      "load", .build, [.value("DESIGN|FILE", .design)], "Build a design, or what a file describes.",
      example: "load active-active"
    ) { session, words throws(Complaint) in
      try session.load(words)
    },
    Command(
      "save", .build, [.value("FILE", .file)], "Write the site as commands that build it again.",
      example: "save site.tripod"
    ) { session, words throws(Complaint) in
      try session.save(words.text("FILE") ?? "")
    },
    Command(
      "add", .build,
      [
        .oneOf([
          [.word("server"), .optional([.value("NAME", .newName)]), .anyOrder(serverOptions)],
          [.word("balancer"), .optional([.value("NAME", .newName)])],
          [.word("replica"), .optional([.value("NAME", .newName)])],
        ])
      ],
      "Add a host: a server with its parts, a balancer, or a host with a replica.",
      example: "add server server-3 weight 2"
    ) { session, words throws(Complaint) in
      try session.add(words)
    },
    Command(
      "remove", .build, [.value("COMPONENT", .component)], "Take a host or one of its parts away.",
      example: "remove server-2.files"
    ) { session, words throws(Complaint) in
      guard let address = words.component("COMPONENT") else { return Answer() }
      let outcome = try session.perform(.change(.remove(address)), about: words.word("COMPONENT"))
      return Answer([Line("\(address.text) is gone.")], events: outcome.events)
    },
    Command(
      "set", .build,
      [.value("COMPONENT|database|site", .target), .value("KEY", .key), .value("VALUE", .any)],
      "Change a setting. show COMPONENT lists those that it has.", example: "set server-1 weight 3"
    ) { session, words throws(Complaint) in
      try session.set(words)
    },
    Command(
      "algorithm", .build,
      [.value("NAME", .choice(Algorithm.allCases.map { $0.rawValue })), .optional([.word("consistent")])],
      "Choose how the balancers spread requests.", example: "algorithm leastconn"
    ) { session, words throws(Complaint) in
      let algorithm = words.text("NAME").flatMap(Algorithm.init) ?? .roundrobin
      let isConsistent = words.has("consistent")
      let outcome = try session.perform(
        .change(.algorithm(algorithm, isConsistent: isConsistent)), about: words.word("NAME"))
      let line = Line("\(algorithm.rawValue)\(isConsistent ? " consistent" : ""): \(algorithm.summary).")
      return Answer([line], events: outcome.events)
    },
    Command(
      "mode", .build,
      [
        .value("MODE", .choice(Sharing.allCases.map { $0.rawValue })),
        .optional([.value("WHAT", .choice(["servers", "balancers"]))]),
      ],
      "Let all serve, or one with the others standing by: the servers, or the balancers.",
      example: "mode active-passive servers"
    ) { session, words throws(Complaint) in
      try session.mode(words)
    },
  ]

  private static let serverOptions: [[Parameter]] = [
    [.word("weight"), .value("N", .number(0...256))],
    [.word("backup")],
    [.word("maxconn"), .value("M", .number(1...1_000_000))],
    [.word("disabled")],
    [.word("with"), .value("PART", .parts)],
  ]
}

extension Session {
  fileprivate mutating func load(_ words: Arguments) throws(Complaint) -> Answer {
    guard let word = words.word("DESIGN|FILE") else { return Answer() }
    let name = word.text
    let document: Document
    if let design = designs.first(where: { $0.name == name.lowercased() }) {
      document = design
    } else {
      switch world.read(name) {
      case .text(let text): document = Document(name: name, text: text)
      case .failed(let reason): throw .unknownDesign(word, choices: designs.map { $0.name }, reason: reason)
      }
    }
    let seed = scene.simulation.topology.site.seed
    let built = try build(document.text, named: document.name, seed: seed)
    let shown = String(document.name.split(separator: "/").last ?? "").prefix { $0 != "." }
    replace(with: Scene(built, design: Sentences.clean(String(shown))))
    return Answer([Line("\(Sentences.clean(document.name)) stands. show draws it.")])
  }

  fileprivate func save(_ path: String) throws(Complaint) -> Answer {
    let script = scene.simulation.script
    let text = script.joined(separator: "\n") + "\n"
    if let reason = world.write(path, text) { throw .file(path, reason: reason) }
    return Answer(
      [Line("Written to \(Sentences.clean(path)): \(script.count) commands.")],
      [JSON.Member("file", .string(path)), JSON.Member("commands", .integer(script.count))])
  }

  fileprivate mutating func add(_ words: Arguments) throws(Complaint) -> Answer {
    let change: Change
    if words.has("balancer") {
      change = .addBalancer(name: words.text("NAME"))
    } else if words.has("replica") {
      var server = NewServer(name: words.text("NAME"), parts: [.mysql])
      server.stem = "replica"
      change = .addServer(server)
    } else {
      var server = NewServer(name: words.text("NAME"), parts: words.parts("PART") ?? ComponentKind.ofServers)
      server.weight = words.number("N") ?? 1
      server.maxconn = words.number("M")
      server.isBackup = words.has("backup")
      server.isDisabled = words.has("disabled")
      change = .addServer(server)
    }
    let outcome = try perform(.change(change), about: words.word("NAME"))
    guard let host = scene.simulation.topology.hosts.last else { return Answer() }
    let role = host.mysql.map { ", mysql as \($0.role.rawValue)" } ?? ""
    let line = Line("\(host.name) carries \(Sentences.listed(host.parts.map { $0.rawValue }))\(role).")
    return Answer([line], [JSON.Member("component", .string(host.name))], events: outcome.events)
  }

  fileprivate mutating func set(_ words: Arguments) throws(Complaint) -> Answer {
    guard let target = words.target("COMPONENT|database|site"), let name = words.text("KEY"),
      let word = words.word("VALUE")
    else { return Answer() }
    let topology = scene.simulation.topology
    let key: Key
    do {
      (key, _) = try topology.key(named: name, at: target)
    } catch {
      throw .problem(error, words.word("KEY"))
    }
    guard let value = key.values.read(word.text), key.accepts(value) else {
      throw .problem(.unfitValue(key.name, given: word.text, wanted: key.values), word)
    }
    let outcome = try perform(.change(.set(target, key: name, to: value)), about: word)
    let members = [
      JSON.Member("component", .string(target.text)), JSON.Member("key", .string(name)),
      JSON.Member("value", value.json),
    ]
    var lines = [Line("\(target.text): \(name) \(value.command).")]
    if case .percent = value, case .at(let address) = target,
      let weight = scene.simulation.topology.host(named: address.host)?.serving.weight
    {
      lines.append(Line("  that is a weight of \(weight)\(weight == 0 ? ": it gets nothing" : "")"))
    }
    return Answer(lines, members, events: outcome.events)
  }

  fileprivate mutating func mode(_ words: Arguments) throws(Complaint) -> Answer {
    let sharing = words.text("MODE").flatMap(Sharing.init) ?? .activeActive
    let isBalancers = words.text("WHAT") == "balancers"
    let outcome = try perform(
      .change(isBalancers ? .serveBalancers(sharing) : .serveServers(sharing)), about: words.word("WHAT"))
    let topology = scene.simulation.topology
    let who = (isBalancers ? topology.balancers : topology.backends).map { topology.hosts[$0].name }
    let line: String
    switch sharing {
    case .activeActive: line = "\(Sentences.listed(who)) \(who.count == 1 ? "serves" : "serve") at once."
    case .activePassive:
      let others = Array(who.dropFirst())
      line =
        "\(who.first ?? "nobody") serves"
        + (others.isEmpty
          ? "; there is nobody to stand by."
          : ", \(Sentences.listed(others)) \(others.count == 1 ? "stands" : "stand") by.")
    }
    return Answer([Line(line)], events: outcome.events)
  }
}

extension Key.Value {
  var json: JSON {
    switch self {
    case .number(let n): .integer(n)
    case .percent(let n): .string("\(n)%")
    case .none: .null
    case .span(let span): .milliseconds(span)
    case .flag(let flag): .flag(flag)
    case .word(let word): .string(word)
    }
  }
}
