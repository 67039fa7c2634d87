import Blueprint

extension Term {
  static let path: [Term] = [
    Term(
      "DNS", ["domain name system", "name server", "domain name", "domain"],
      """
      The service that turns a name such as www.foobar.com into an address. A browser asks it first, and \
      remembers the answer for a while. In this model every name resolves; a failed name server is not \
      modelled.
      """,
      example: "show topology",
      confused:
        "with the load balancer. DNS only says where to connect: it sees no requests, and it also "
        + "gives out the address of a failed host.",
      see: ["address", "floating address"]),
    Term(
      "address", ["IP", "IP address"],
      """
      The number that identifies a host on a network, such as 203.0.113.10. Users connect to the \
      balancer's address. Each server has an address of its own behind it.
      """,
      example: "show topology",
      confused:
        "with a name, which DNS turns into an address, or with a port, which selects a service at "
        + "that address.",
      see: ["DNS", "port", "floating address"]),
    Term(
      "port", ["port number", "TCP port", "open port", "open", "closed", "filtered"],
      """
      The number that tells the services on one host apart: 80 for HTTP, 443 for HTTPS, 3306 for MySQL. A \
      port is open if a process accepts connections there. It is closed if none does, and filtered if a \
      firewall drops the packets.
      """,
      example: "attack scan",
      confused:
        "with an address, which identifies the host. A port has a meaning only together with an address.",
      see: ["address", "scan", "firewall"]),
    Term(
      "request", ["read", "write", "kind of request", "kind", "page", "comment"],
      """
      One message from a user's browser, and the answer to it. There are three kinds: static (a picture), \
      read (a page, which reads the database) and write (a comment, which changes the database).
      """,
      example: "trace static; trace read; trace write",
      confused: "with a connection, which can be used for several requests.",
      see: ["hop", "static file", "database"]),
    Term(
      "hop", ["step"],
      """
      One step of a request, from one component to the next: for example from haproxy to nginx. Each hop \
      takes time and can fail on its own. The answer returns over the same hops.
      """,
      example: "trace read",
      confused: "with a request. A user sends one request and sees one answer, however many hops it takes.",
      see: ["link", "component", "latency"]),
    Term(
      "link", ["wire", "network link"],
      """
      The connection between two hosts, such as lb-1--server-1. While a link is cut, both hosts keep \
      running but cannot reach each other over it.
      """,
      example: "break lb-1--server-1; send 4",
      confused:
        "with a hop, which is one step of a request. Many hops can use the same link, and a hop "
        + "inside a host uses none.",
      see: ["hop", "host"]),
    Term(
      "host", ["machine"],
      """
      A machine with an address. It runs one or more components: lb-1 runs haproxy; server-1 runs nginx, \
      app and mysql and has the files. When a host loses power, all its components fail.
      """,
      example: "show server-1",
      confused: "with a component, which is one of the programs on a host and can fail on its own.",
      see: ["server", "component", "address"]),
    Term(
      "server", ["backend", "upstream", "server pool"],
      """
      A host that the load balancer sends requests to: here server-1 and server-2. In HAProxy's \
      configuration, each is one entry with a weight and a state.
      """,
      example: "show servers",
      confused:
        "with a program that serves, such as the web server nginx. People call both a server; here "
        + "a server is the host.",
      see: ["host", "web server", "load balancer"]),
    Term(
      "component", ["part", "program"],
      """
      One program, or one set of files, that does one job on a host: haproxy, nginx, app, files or mysql. \
      Its full name includes its host, as in server-1.mysql. It can fail while the other components keep \
      running.
      """,
      example: "break server-1.mysql; send 4 static",
      confused: "with its host. A server whose database has failed can still send pictures.",
      see: ["host", "target", "SPOF"]),
    Term(
      "target", [],
      """
      What a command acts on: a host, a component or a link. Write it as server-1, server-1.mysql or \
      lb-1--server-1.
      """,
      example: "break server-1.mysql; repair server-1.mysql",
      confused: "with a server. Every server is a target, but so are balancers, components and links.",
      see: ["host", "component", "link"]),
    Term(
      "key-value store", ["store", "redis", "cache"],
      """
      A program that keeps values in memory under names and returns them fast: here store, which plays the \
      role of Redis, on port 6379. Several servers can share one. No application in this model uses it \
      yet.
      """,
      example: "add server server-3 with store; attack scan server-3",
      confused: "with the database, which keeps data on a disk so that it survives a restart.",
      see: ["component", "port", "shared store"]),
    Term(
      "web server", ["nginx", "webserver", "apache"],
      """
      The program that receives HTTP requests on a server: here nginx. It sends static files itself and \
      passes every other request to the application server.
      """,
      example: "trace static",
      confused: "with the application server, which builds the pages, or with the host that runs both.",
      see: ["application server", "static file", "reverse proxy"]),
    Term(
      "reverse proxy", ["proxy"],
      """
      A program that receives requests on behalf of other servers, sends each one to a server, and returns \
      the answer. haproxy is a reverse proxy for the servers; nginx is one for the application.
      """,
      example: "trace read",
      confused: "with a forward proxy, which sends requests on behalf of users.",
      see: ["load balancer", "web server"]),
    Term(
      "application server", ["app", "application", "app server"],
      """
      The program that runs the site's own code. It builds a page for each request, and queries the \
      database for the data. Here it has 4 workers; each is busy with one request until its answer is \
      complete.
      """,
      example: "show server-1.app",
      confused:
        "with the web server. If the application fails and nginx runs, pictures load and pages "
        + "fail with 502.",
      see: ["web server", "application files", "worker", "502"]),
    Term(
      "application files", ["files", "code base", "codebase", "code", "application file"],
      """
      The code that the application server runs, and the static files beside it. Each server has its own \
      copy, so a bad release affects only the servers that have it.
      """,
      example: "break server-1.files; send 4 read",
      confused: "with the application server, which is the program that runs the code.",
      see: ["application server", "static file", "500"]),
    Term(
      "static file", ["static", "static content", "picture"],
      """
      A file that is sent as it is stored, such as a picture or a style sheet. nginx sends it without the \
      application and without a database.
      """,
      example: "break server-1.app; send 4 static",
      confused: "with a page, which the application builds for each request.",
      see: ["web server", "application server"]),
    Term(
      "database", ["db", "mysql", "database node", "database server"],
      """
      The program that stores data permanently and finds it again: here MySQL. This site has two database \
      nodes: a primary, which accepts writes, and a replica, which replicates from it.
      """,
      example: "show database",
      confused:
        "with the host that it runs on. nginx and the application on the same host are separate components.",
      see: ["primary", "replica", "replication"]),
    Term(
      "design", ["site", "infrastructure"],
      """
      A stored description of a site, made of commands. `load` builds the site from it: textbook, \
      balancer-pair and secured are designs. The site is what is loaded now, with all your changes.
      """,
      example: "load balancer-pair; show",
      confused:
        "with the site. A change to the site does not change the design; `save` stores the site as "
        + "a new design.",
      see: ["host", "verdict"]),
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
