extension Term {
  static let balancing: [Term] = [
    Term(
      "load balancer", ["LB", "balancer", "haproxy", "load balancing"],
      """
      The program that users connect to. It chooses a server for each request. Here it is HAProxy on lb-1, \
      which also checks the servers and sends no requests to those that are marked DOWN.
      """,
      example: "send 6",
      confused:
        "with high availability. A balancer keeps the site up when a server fails, but a single "
        + "balancer is itself a SPOF.",
      see: ["algorithm", "health check", "SPOF"]),
    Term(
      "algorithm", ["balancing algorithm", "distribution algorithm", "load balancing algorithm"],
      """
      The rule by which the balancer chooses a server for each request. roundrobin takes turns, leastconn \
      looks for the server with the fewest requests in flight, and source looks at the user's address.
      """,
      example: "algorithm leastconn; send 4",
      confused:
        "with a health check, which decides which servers are available. The algorithm chooses among those.",
      see: ["round robin", "leastconn", "source hash"]),
    Term(
      "round robin", ["rr"],
      """
      An algorithm that gives each server its turns, in proportion to its weight. With equal weights the \
      servers simply alternate. It counts requests and ignores how busy a server is.
      """,
      example: "send 7",
      confused:
        "with equal load. A slow server gets as many requests as a fast one, and takes longer over them.",
      see: ["weight", "leastconn", "static-rr"]),
    Term(
      "weight", ["server weight"],
      """
      A server's share of the requests, from 0 to 256. With weights 3 and 1, the first server gets three \
      of every four requests. A server with weight 0 gets none.
      """,
      example: "set server-1 weight 3; send 8",
      confused: "with a percentage. A weight means something only beside the weights of the other servers.",
      see: ["round robin", "leastconn", "slow start"]),
    Term(
      "static-rr", ["static round robin"],
      """
      Round robin that follows a table, computed from the weights at the start. While it is in use, a \
      weight can only be set to 0 and back.
      """,
      example: "algorithm static-rr; set server-1 weight 0%; send 4",
      confused: "with roundrobin, which allows any change of weights while it is in use.",
      see: ["round robin", "weight"]),
    Term(
      "leastconn", ["least connections", "least connection", "least conn"],
      """
      An algorithm that sends each request to the server with the fewest requests in flight for its \
      weight. A faster server therefore handles more requests. If nothing is in flight, it takes turns and \
      ignores weights.
      """,
      example: "set server-2.app cost 80ms; algorithm leastconn; send 200 read rate 20/s",
      confused:
        "with equal numbers of requests. Also, a server that fails every request at once looks "
        + "idle, so it gets more.",
      see: ["in flight", "round robin"]),
    Term(
      "source hash", ["source", "ip hash", "hash", "uri hash"],
      """
      An algorithm that computes the server from the user's address. A user stays on one server until a \
      server is added or lost. It ignores load, so users can wait while another server is idle. The \
      algorithm uri does the same with the path of the page.
      """,
      example: "algorithm source; send 8 from 10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4",
      confused:
        "with a sticky session, which uses a cookie. All users behind one address have the same source.",
      see: ["consistent hashing", "sticky session"]),
    Term(
      "consistent hashing", ["consistent hash", "consistent", "hash ring"],
      """
      A way of hashing in which each server owns many points on a ring and gets the requests that fall \
      near them. When a server is lost, only its users move. With a plain table, most users would move.
      """,
      example: "add server server-3; algorithm source consistent; send 6 from 10.0.0.1,10.0.0.2,10.0.0.3",
      confused:
        "with an even split. The points are spread unevenly, so two equal servers seldom get half "
        + "of the users each.",
      see: ["source hash"]),
    Term(
      "in flight", ["inflight", "open requests", "active connections", "concurrency"],
      """
      A request is in flight while a server has it and has not finished it. leastconn compares the \
      requests in flight on each server, and maxconn limits them.
      """,
      example: "hold a b; show servers",
      confused: "with requests per second. A slow server has many requests in flight even at a low rate.",
      see: ["leastconn", "maxconn", "QPS"]),
    Term(
      "maxconn", ["slot", "connection limit", "max connections"],
      """
      The most requests that a server can have in flight. Further requests wait at the balancer and get \
      the first free slot on any server. With a hash algorithm, a request waits for a slot on its own \
      server.
      """,
      example: "set server-1 maxconn 1; set server-2 maxconn 1; hold a b c",
      confused:
        "with workers, which limit the requests that a component serves in parallel. A request "
        + "that waits for a worker cannot move elsewhere.",
      see: ["queue", "in flight", "worker"]),
    Term(
      "worker", ["workers", "thread"],
      """
      A part of a program that serves one request at a time. A component with 4 workers serves up to 4 \
      requests in parallel; further requests wait in its queue.
      """,
      example: "set server-1.app workers 1; show server-1.app",
      confused: "with a server. Each component on a server has its own workers.",
      see: ["queue", "maxconn", "capacity"]),
    Term(
      "queue", ["queued", "queueing", "queuing", "backlog"],
      """
      Where requests wait while every slot or worker is in use; the oldest is served first. Under load, \
      users spend most of their time in queues. A request that waits at the balancer longer than \
      timeout-queue gets a 503.
      """,
      example: "set server-1 maxconn 1; set server-2 maxconn 1; hold a b c; release a",
      confused: "with slow work. Queued requests take no longer to serve; they only start later.",
      see: ["maxconn", "utilisation", "503"]),
    Term(
      "drain", ["draining"],
      """
      A state in which a server gets no new requests, but finishes those in flight and is still checked. \
      Use it to take a server out gently, for example for a new release. In HAProxy, users who are bound \
      by a cookie can still reach the server.
      """,
      example: "set server-1 state drain; send 4",
      confused: "with maintenance, in which a server gets no requests at all and is not checked.",
      see: ["maintenance", "sticky session"]),
    Term(
      "maintenance", ["maint", "maintenance mode"],
      """
      A state in which a server gets no new requests and is not checked. HAProxy calls it MAINT. Requests \
      in flight still finish.
      """,
      example: "set server-1 state maint; show servers",
      confused:
        "with DOWN. An operator puts a server into maintenance; the balancer marks a server DOWN "
        + "when its checks fail.",
      see: ["drain", "health check"]),
    Term(
      "slow start", ["slowstart", "warm up"],
      """
      A period in which the weight of a server that is UP again grows from near 0 to its full value. It \
      protects a server that is not ready for full load. Only the weight is modelled, not cold caches.
      """,
      example:
        "set server-1 slowstart 20s; break server-1; wait until server-1 down; repair server-1; "
        + "wait until server-1 up; send 40 rate 4/s",
      confused: "with rise, the number of checks that must pass before the server is marked UP.",
      see: ["weight", "fall and rise"]),
    Term(
      "sticky session", ["session affinity", "persistence", "affinity", "session"],
      """
      An arrangement that sends a user to the same server each time, usually by a cookie that the balancer \
      sets. An application that keeps logins in its own memory needs it. Logins are not modelled here; the \
      algorithm source binds users by their address.
      """,
      example: "algorithm source; send 4 from 10.0.0.1",
      confused: "with a shared store. A sticky user is logged out when that one server is lost.",
      see: ["shared store", "source hash"]),
    Term(
      "shared store", ["session store", "shared session store", "stateless"],
      """
      A database or cache that all applications share, for data such as logins. With it, any server can \
      answer any request. Logins are not modelled here; the primary is such a store for comments.
      """,
      example: "send 4 write; show database",
      confused: "with a sticky session, which works without a shared store only until a server is lost.",
      see: ["sticky session", "key-value store", "database"]),
  ]
}
