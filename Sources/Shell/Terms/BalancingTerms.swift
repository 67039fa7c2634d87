extension Term {
  static let balancing: [Term] = [
    Term(
      "load balancer", ["LB", "balancer", "haproxy"],
      """
      What users connect to: it takes each request and chooses a server for it. Here it is HAProxy on lb-1, which \
      checks the servers as well and leaves out those that are dead.
      """,
      example: "send 6",
      confused:
        "with high availability: it lets a server fail, but alone it is a single point of failure itself.",
      see: ["round robin", "health check", "SPOF"]),
    Term(
      "round robin", ["rr"],
      """
      An algorithm that gives each server its turns, as many as its weight says: with equal weights one after the \
      other. It counts requests, and does not look at how busy anybody is.
      """,
      example: "send 7",
      confused: "with equal load: a slow server gets as many requests, and is longer at work on them.",
      see: ["weight", "leastconn", "static-rr"]),
    Term(
      "weight", ["server weight"],
      """
      A server's share of the requests, from 0 to 256: with weights 3 and 1 the first gets three of four. With 0 \
      it gets none.
      """,
      example: "set server-1 weight 3; send 8",
      confused: "with a percentage: a weight says something only beside the weights of the others.",
      see: ["round robin", "leastconn", "slow start"]),
    Term(
      "static-rr", ["static round robin"],
      """
      Round robin by a table that is made from the weights that the servers were started with. While it runs, a \
      weight can only be taken to nothing and back.
      """,
      example: "algorithm static-rr; set server-1 weight 0%; send 4",
      confused: "with roundrobin, which shares out by weight too and lets weights change while it runs.",
      see: ["round robin", "weight"]),
    Term(
      "leastconn", ["least connections", "least connection", "least conn"],
      """
      An algorithm that sends each request to the server with the fewest in flight, in proportion to its weight. \
      It keeps servers equally full, so a quick one serves more. Where nothing is in flight, it takes turns and \
      weights do not count.
      """,
      example: "set server-2.app cost 80ms; algorithm leastconn; send 200 read rate 20/s",
      confused:
        "with equal numbers of requests, and with safety: a server that fails at once looks idle, and gets more.",
      see: ["in flight", "round robin"]),
    Term(
      "source hash", ["source", "ip hash", "hash", "uri hash"],
      """
      An algorithm that computes the server from the user's address: the same user comes to the same server as \
      long as none comes or goes. It does not look at load, so its users may wait while another server is idle. \
      The algorithm uri does the same with the page's path.
      """,
      example: "algorithm source; send 8 from 10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4",
      confused: "with a sticky session, which a cookie binds: all users behind one address are one source.",
      see: ["consistent hashing", "sticky session"]),
    Term(
      "consistent hashing", ["consistent hash", "consistent", "hash ring"],
      """
      Hashing on a ring: each server owns many points of it, and gets the requests that fall near them. When a \
      server leaves, only its own users move; with a plain table most of them would.
      """,
      example: "add server server-3; algorithm source consistent; send 6 from 10.0.0.1,10.0.0.2,10.0.0.3",
      confused: "with an even split: the points lie unevenly, and two equal servers seldom get half each.",
      see: ["source hash"]),
    Term(
      "in flight", ["inflight", "open requests", "active connections"],
      """
      Said of requests that a server was given and that have not ended. It is what leastconn compares, and what \
      maxconn limits.
      """,
      example: "hold a b; show servers",
      confused: "with requests a second: a slow server has many in flight even at a low rate.",
      see: ["leastconn", "maxconn", "QPS"]),
    Term(
      "maxconn", ["connection limit", "max connections"],
      """
      The most requests that a server gets at once. What comes beyond waits at the balancer, where the first slot \
      that is free on any server takes it; with a hash it waits for its own server.
      """,
      example: "set server-1 maxconn 1; set server-2 maxconn 1; hold a b c",
      confused:
        "with workers: those limit what is worked on, and what waits for them cannot go elsewhere any more.",
      see: ["queue", "in flight"]),
    Term(
      "queue", ["queueing", "queuing", "backlog"],
      """
      Where requests wait while all that could serve them are full, first in, first out. Under load most of what \
      users feel is waiting; who waits at the balancer longer than timeout-queue gets 503.
      """,
      example: "set server-1 maxconn 1; set server-2 maxconn 1; hold a b c; release a",
      confused: "with slow work: the work takes as long as ever, it only begins later.",
      see: ["maxconn", "utilisation", "503"]),
    Term(
      "drain", ["draining"],
      """
      A state in which a server gets no new requests, ends those that it has, and is checked on. It is the gentle \
      way to take one out for a new release. In HAProxy users who are bound by a cookie still get in.
      """,
      example: "set server-1 state drain; send 4",
      confused: "with maintenance, in which nobody gets in and nothing is checked.",
      see: ["maintenance", "sticky session"]),
    Term(
      "maintenance", ["maint", "maintenance mode"],
      """
      A state in which a server gets nothing new at all and is not checked: MAINT in HAProxy. What is in flight \
      there still ends.
      """,
      example: "set server-1 state maint; show servers",
      confused:
        "with DOWN, which the balancer finds out by its checks; maintenance is what an operator says.",
      see: ["drain", "health check"]),
    Term(
      "slow start", ["slowstart", "warm up"],
      """
      A time in which the weight of a server that came back grows from little to full, so that a cold one is not \
      hit by everything at once. Only the weight is modelled here, no cold caches.
      """,
      example:
        "set server-1 slowstart 20s; break server-1; wait until server-1 down; repair server-1; "
        + "wait until server-1 up; send 40 rate 4/s",
      confused: "with rise, the number of checks that must pass before the server comes back at all.",
      see: ["weight", "fall and rise"]),
    Term(
      "sticky session", ["session affinity", "persistence", "affinity", "session"],
      """
      A user who was served by one server is sent there again, mostly by a cookie that the balancer sets. It is \
      needed where an application keeps logins in its own memory. Logins are not modelled here; the algorithm \
      source binds users by their address.
      """,
      example: "algorithm source; send 4 from 10.0.0.1",
      confused: "with a shared store: a sticky user is logged out when that one server is lost.",
      see: ["shared store", "source hash"]),
    Term(
      "shared store", ["session store", "shared session store"],
      """
      A place outside the applications that holds what all of them must know of a user, such as a login: a \
      database or a cache. Then any server can answer any request. Logins are not modelled here; the primary \
      is such a store for what users write.
      """,
      example: "send 4 write; show database",
      confused: "with a sticky session, which hides that there is none, until a server is lost.",
      see: ["sticky session", "database"]),
  ]
}
