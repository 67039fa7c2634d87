import Testing

@testable import Shell

/// The cost and the result of each kind of request, on different sites.
@Suite struct CostTests {
  /// Returns the complete reply to one request of the kind.
  private static func reply(_ kind: String, on site: String...) -> String {
    var session = Tutor("new")
    for command in site { session.do(command) }
    return session.do("send 1 \(kind)").json.text
  }

  @Test func `a static file costs haproxy and nginx`() {
    #expect(
      CostTests.reply("static", on: "add server s1") == """
        {"schema":1,"command":"send 1 static","verb":"send","ok":true,"time_ms":1.100,"events":[],"sent":1,\
        "answered":1,"failed":0,"stale":0,"stored_anyway":0,"by_server":{"s1":1},"by_database":{},\
        "statuses":{"200":1},"latency_ms":{"mean":1.100,"p50":1.100,"p95":1.100,"p99":1.100,"max":1.100},\
        "lost_connections":0,"max_in_flight":{"s1":1},"first_failure_ms":null,"first_alert_ms":null,\
        "by_component":[{"component":"lb-1.haproxy","utilisation":0.091,"queue_max":0,"mean_in_flight":0.091},\
        {"component":"s1.nginx","utilisation":0.014,"queue_max":0,"mean_in_flight":0.909}],\
        "requests":[{"id":1,"kind":"static","from":"198.51.100.7","path":"/","balancer":"lb-1",\
        "server":"s1","database":null,"status":200,"ms":1.100,"stale":false}]}
        """)
  }

  @Test func `a read costs the application and the database as well`() {
    #expect(
      CostTests.reply("read", on: "add server s1") == """
        {"schema":1,"command":"send 1 read","verb":"send","ok":true,"time_ms":8.100,"events":[],"sent":1,\
        "answered":1,"failed":0,"stale":0,"stored_anyway":0,"by_server":{"s1":1},"by_database":{"s1.mysql":1},\
        "statuses":{"200":1},"latency_ms":{"mean":8.100,"p50":8.100,"p95":8.100,"p99":8.100,"max":8.100},\
        "lost_connections":0,"max_in_flight":{"s1":1},"first_failure_ms":null,"first_alert_ms":null,\
        "by_component":[{"component":"lb-1.haproxy","utilisation":0.012,"queue_max":0,"mean_in_flight":0.012},\
        {"component":"s1.nginx","utilisation":0.002,"queue_max":0,"mean_in_flight":0.123},\
        {"component":"s1.app","utilisation":0.216,"queue_max":0,"mean_in_flight":0.864},\
        {"component":"s1.mysql","utilisation":0.031,"queue_max":0,"mean_in_flight":0.247}],\
        "requests":[{"id":1,"kind":"read","from":"198.51.100.7","path":"/","balancer":"lb-1",\
        "server":"s1","database":"s1.mysql","status":200,"ms":8.100,"stale":false}]}
        """)
  }

  @Test func `a write costs as much as a read`() {
    #expect(
      CostTests.reply("write", on: "add server s1") == """
        {"schema":1,"command":"send 1 write","verb":"send","ok":true,"time_ms":8.100,"events":[],"sent":1,\
        "answered":1,"failed":0,"stale":0,"stored_anyway":0,"by_server":{"s1":1},"by_database":{"s1.mysql":1},\
        "statuses":{"200":1},"latency_ms":{"mean":8.100,"p50":8.100,"p95":8.100,"p99":8.100,"max":8.100},\
        "lost_connections":0,"max_in_flight":{"s1":1},"first_failure_ms":null,"first_alert_ms":null,\
        "by_component":[{"component":"lb-1.haproxy","utilisation":0.012,"queue_max":0,"mean_in_flight":0.012},\
        {"component":"s1.nginx","utilisation":0.002,"queue_max":0,"mean_in_flight":0.123},\
        {"component":"s1.app","utilisation":0.216,"queue_max":0,"mean_in_flight":0.864},\
        {"component":"s1.mysql","utilisation":0.031,"queue_max":0,"mean_in_flight":0.247}],\
        "requests":[{"id":1,"kind":"write","from":"198.51.100.7","path":"/comments","balancer":"lb-1",\
        "server":"s1","database":"s1.mysql","status":200,"ms":8.100,"stale":false}]}
        """)
  }

  @Test func `a failed request reports its time`() {
    #expect(
      CostTests.reply("read", on: "add server web with nginx,files") == """
        {"schema":1,"command":"send 1 read","verb":"send","ok":true,"time_ms":1.100,"events":[],"sent":1,\
        "answered":0,"failed":1,"stale":0,"stored_anyway":0,"by_server":{"web":1},"by_database":{},\
        "statuses":{"502":1},"latency_ms":{"mean":1.100,"p50":1.100,"p95":1.100,"p99":1.100,"max":1.100},\
        "lost_connections":0,"max_in_flight":{"web":1},"first_failure_ms":1.100,"first_alert_ms":null,\
        "by_component":[{"component":"lb-1.haproxy","utilisation":0.091,"queue_max":0,"mean_in_flight":0.091},\
        {"component":"web.nginx","utilisation":0.014,"queue_max":0,"mean_in_flight":0.909}],\
        "requests":[{"id":1,"kind":"read","from":"198.51.100.7","path":"/","balancer":"lb-1",\
        "server":"web","database":null,"status":502,"ms":1.100,"stale":false}]}
        """)
  }

  /// A kind of request on a site: its status, the server, the database node and the time.
  struct CostCase: Sendable, CustomTestStringConvertible {
    let site: [String]
    let kind: String
    let end: String

    init(_ site: String..., kind: String, end: String) {
      self.site = site
      self.kind = kind
      self.end = end
    }

    var testDescription: String { "\(kind), \(site.joined(separator: "; "))" }
  }

  @Test(arguments: [
    CostCase(kind: "static", end: "503 of nobody after 0.1"),
    CostCase("add server s1 disabled", kind: "static", end: "503 of nobody after 0.1"),
    CostCase("add server s1 with mysql", kind: "static", end: "503 of nobody after 0.1"),
    CostCase("add server s1 with nginx,app,mysql", kind: "static", end: "404 of s1 after 1.1"),
    CostCase("add server s1 with nginx,app,mysql", kind: "read", end: "500 of s1 after 2.1"),
    CostCase("add server s1 with nginx,files,mysql", kind: "read", end: "502 of s1 after 1.1"),
    CostCase("add server s1 with nginx,app,files", kind: "read", end: "500 of s1 after 6.1"),
    CostCase("add server s1 with nginx,app,files", kind: "static", end: "200 of s1 after 1.1"),
    CostCase("add server s1 with app,files,mysql", kind: "static", end: "200 of s1 after 5.1"),
    CostCase("add server s1 with app,files,mysql", kind: "write", end: "200 of s1 and s1.mysql after 7.1"),
    CostCase(
      "add server web with nginx,files", "add server a1 with app,files", "add server db with mysql",
      kind: "static",
      end: "200 of web after 1.1"),
    CostCase(
      "add server web with nginx,files", "add server a1 with app,files", "add server db with mysql",
      kind: "read",
      end: "200 of a1 and db.mysql after 8.1"),
    CostCase(
      "add server s1 with nginx,app,files", "add server db with mysql", kind: "write",
      end: "200 of s1 and db.mysql after 8.1"),
    CostCase("add server s1", "set lb-1.haproxy cost 1ms", kind: "static", end: "200 of s1 after 2.0"),
    CostCase("add server s1", "set s1.nginx cost 0", kind: "static", end: "200 of s1 after 0.1"),
    CostCase(
      "add server s1", "set s1.nginx cost 10ms", kind: "read", end: "200 of s1 and s1.mysql after 17.1"),
    CostCase("add server s1", "set s1.app cost 10ms", kind: "read", end: "200 of s1 and s1.mysql after 13.1"),
    CostCase(
      "add server s1", "set s1.mysql cost 10ms", kind: "read", end: "200 of s1 and s1.mysql after 16.1"),
    CostCase("add server s1", "remove s1.app", kind: "read", end: "502 of s1 after 1.1"),
    CostCase("add server s1", "remove s1.files", kind: "static", end: "404 of s1 after 1.1"),
    CostCase("add server s1", "remove s1.nginx", kind: "read", end: "200 of s1 and s1.mysql after 7.1"),
    CostCase("add server s1", "remove s1", kind: "read", end: "503 of nobody after 0.1"),
  ])
  func `one request`(_ costCase: CostCase) {
    var session = Tutor("new")
    for command in costCase.site { session.do(command) }
    #expect(session.do("send 1 \(costCase.kind)").end == costCase.end)
  }

  @Test func `one nginx alternates between its applications`() {
    var session = Tutor(
      "new", "add server web with nginx,files", "add server a1 with app,files",
      "add server a2 with app,files",
      "add server a3 with app,files", "add server db with mysql")
    let servers = (1...6).map { _ in
      session.do("trace read").json["hops"]?.elements.compactMap { $0["component"]?.string }.first {
        $0.hasSuffix(".app")
      }
    }
    #expect(servers == ["a1.app", "a2.app", "a3.app", "a1.app", "a2.app", "a3.app"])
  }

  @Test func `nginx uses the application on its host and those on separate hosts`() {
    var session = Tutor("new", "add server s1", "add server a1 with app,files")
    let servers = (1...4).map { _ in
      session.do("trace read").json["hops"]?.elements.compactMap { $0["component"]?.string }.first {
        $0.hasSuffix(".app")
      }
    }
    #expect(servers == ["s1.app", "a1.app", "s1.app", "a1.app"])
  }
}

extension Reply {
  /// The outcome of the only request, in words.
  fileprivate var end: String {
    guard let request = json["requests"]?.elements.first else { return "nothing" }
    let database = request["database"]?.string.map { " and \($0)" } ?? ""
    return
      "\(request["status"]?.text ?? "") of \(request["server"]?.string ?? "nobody")\(database) after \(request["ms"]?.number ?? -1)"
  }
}
