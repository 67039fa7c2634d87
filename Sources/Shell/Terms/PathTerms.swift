import Blueprint

extension Term {
  static let path: [Term] = [
    Term(
      "DNS", ["domain name system", "name server", "domain name"],
      """
      The service that turns a name into addresses: www.foobar.com into that of the balancer. A browser asks it \
      first, and remembers the answer for a while. Here a name always resolves; a name server that fails is not \
      modelled.
      """,
      example: "show topology",
      confused:
        "with the balancer: DNS only says where to go, sees no request, and gives out a dead address too.",
      see: ["address", "floating address"]),
    Term(
      "address", ["IP", "IP address"],
      """
      The number by which a host is reached on a network, such as 203.0.113.10. Users know the balancer's; the \
      servers have addresses of their own behind it.
      """,
      example: "show topology",
      confused:
        "with a name, which DNS turns into an address, and with a port, which is a door at that address.",
      see: ["DNS", "port", "floating address"]),
    Term(
      "port", ["port number", "TCP port"],
      """
      The number that tells the services of one host apart: 80 for HTTP, 443 for HTTPS, 3306 for MySQL. A port is \
      open when a process listens there and nothing in front drops the packets.
      """,
      example: "attack scan",
      confused: "with an address, which names the host; a port means something only together with one.",
      see: ["address", "scan", "firewall"]),
    Term(
      "request", ["read", "write", "kind of request"],
      """
      One question of a user's browser, and the answer to it. A picture is a static request; a page is a read, since \
      it needs something from the database; a comment is a write, since it leaves something there.
      """,
      example: "trace static; trace read; trace write",
      confused: "with a user, who sends many, and with a connection, which can carry several.",
      see: ["hop", "static file", "database"]),
    Term(
      "hop", ["step", "link", "wire"],
      """
      One step of a request from a part to the next: from haproxy to nginx, from nginx to the application. Each \
      hop takes time and can fail by itself, and the answer comes back over the same ones. Between two hosts it goes \
      over a link, such as lb-1--server-1, which can be cut.
      """,
      example: "trace read",
      confused: "with a request: a user sends one and sees one answer, however many hops lie between.",
      see: ["component", "latency"]),
    Term(
      "host", ["machine", "server"],
      """
      A machine with an address, which carries parts: lb-1 carries haproxy, server-1 carries nginx, app, files and \
      mysql. When it loses its power, all of them are gone at once.
      """,
      example: "show server-1",
      confused: "with a program that serves, such as the web server: both are called server.",
      see: ["component", "address"]),
    Term(
      "component", ["part"],
      """
      A part that does one job on a host: haproxy, nginx, app, files or mysql. It is named with its host, as in \
      server-1.mysql, and can fail while the host and its other parts go on.
      """,
      example: "break server-1.mysql; send 4 static",
      confused: "with its host: a server whose database is dead can still send pictures.",
      see: ["host", "SPOF"]),
    Term(
      "key-value store", ["store", "redis", "cache"],
      """
      A program that keeps values in memory under names, and gives them back fast: here store, with the role of Redis, \
      at port 6379. Several servers can share one. No application here uses it yet.
      """,
      example: "add server server-3 with store; attack scan server-3",
      confused: "with the database, which keeps what must not be lost on a disk.",
      see: ["component", "port"]),
    Term(
      "web server", ["nginx", "webserver", "apache"],
      """
      The program that takes HTTP requests on a server: here nginx. It answers with static files itself, and \
      passes everything else on to the application server.
      """,
      example: "trace static",
      confused:
        "with the application server, which makes the pages, and with the machine that both stand on.",
      see: ["application server", "static file", "reverse proxy"]),
    Term(
      "reverse proxy", ["proxy"],
      """
      A program that takes requests in the place of others, asks one of those, and hands the answer back. haproxy \
      is one before the servers, nginx one before the application.
      """,
      example: "trace read",
      confused: "with a forward proxy, which stands on the users' side and asks in their place.",
      see: ["load balancer", "web server"]),
    Term(
      "application server", ["app", "application", "app server"],
      """
      The program that runs the site's own code: it makes a page for each request, and asks the database for what \
      it needs. Here it has four workers; one is busy with a request until its answer is out, the wait for the \
      database included.
      """,
      example: "show server-1.app",
      confused:
        "with the web server: where nginx runs and the application does not, pictures come and pages are 502.",
      see: ["web server", "application files", "502"]),
    Term(
      "application files", ["files", "code base", "codebase", "code", "application file"],
      """
      The code that the application server runs, and the static files beside it. Each server has a copy of its \
      own, so a bad release is bad only where it was put.
      """,
      example: "break server-1.files; send 4 read",
      confused: "with the application server, which is the program that runs them.",
      see: ["application server", "static file", "500"]),
    Term(
      "static file", ["static", "static content", "picture"],
      """
      A file that is sent as it lies there, such as a picture or a style sheet. nginx answers with it alone, \
      without the application and without a database.
      """,
      example: "break server-1.app; send 4 static",
      confused: "with a page, which the application makes anew for each request.",
      see: ["web server", "application server"]),
    Term(
      "database", ["db", "mysql", "database node"],
      """
      The program that keeps what must not be forgotten, and finds it again: here MySQL. This site has two nodes, \
      a primary that takes writes and a replica that copies it.
      """,
      example: "show database",
      confused: "with the host that it stands on: nginx and the application there are no part of it.",
      see: ["primary", "replica", "replication"]),
    Term(
      "model", ["simulation", "version", "versions"],
      """
      The simulated site. It runs in virtual time, by rules that were measured on real programs: \
      \(ReferencePrograms.versions). Other versions can differ. MySQL itself was not measured: where it is known to \
      differ from MariaDB, its documentation was followed.
      """,
      example: "show clock",
      confused:
        "with a test of your own site: the model shows what such programs do, with times that are assumed.",
      see: ["request", "latency"]),
  ]
}
