extension Term {
  static let load: [Term] = [
    Term(
      "capacity", ["throughput", "max rate"],
      """
      The highest rate of requests that a part or a site keeps up with: its workers, divided by the time that one \
      of them needs for a request. Beyond it the queue grows until requests fail.
      """,
      example: "capacity read",
      confused: "with utilisation, the share of it that is used now.",
      see: ["utilisation", "N+1", "queue"]),
    Term(
      "utilisation", ["utilization", "busyness"],
      """
      The share of its time that a part is busy: rate times time for a request, divided by its workers. At a half \
      hardly anybody waits; near one the wait grows without bound, and not in proportion.
      """,
      example: "set site service exponential; send 2000 read rate 900/s; stats",
      confused:
        "with the load of a processor: a worker that waits for the database is busy, its processor is not.",
      see: ["capacity", "latency", "queue"]),
    Term(
      "latency", ["response time"],
      """
      How long a request takes, as its user feels it: the work and the waiting. A mean hides the unlucky ones, so \
      look at p99 as well.
      """,
      example: "send 20 read",
      confused: "with requests a second: a site can answer many at once, and each of them slowly.",
      see: ["p99", "utilisation", "lag"]),
    Term(
      "p99", ["percentile", "p95", "p50", "median", "tail latency", "99th percentile"],
      """
      The time within which 99 of 100 requests have ended; one in a hundred took longer. p95 and p50, the median, \
      are made the same way.
      """,
      example: "set site service exponential; send 1000 read rate 200/s",
      confused: "with the mean, behind which a few very slow requests can hide, and with the maximum.",
      see: ["latency"]),
    Term(
      "N+1", ["n plus one", "n plus 1", "redundancy", "spare capacity"],
      """
      One more than the load needs: where two servers carry the peak, have three. Then any one of them can fail, and \
      the others are enough.
      """,
      example: "whatif add server server-3; capacity read",
      confused: "with having two of each: of two servers that are three quarters full, none can be spared.",
      see: ["capacity", "SPOF"]),
    Term(
      "SPOF", ["single point of failure", "single points of failure"],
      """
      A part whose failure alone stops a kind of request, after all that recovers by itself has had its time. The \
      primary is one for writes and none for pictures. It is found by breaking the part on a copy and sending.
      """,
      example: "spof",
      confused: "with any part that matters: one that exists twice is none, if the dead one is left out.",
      see: ["parallel", "health check", "N+1"]),
    Term(
      "MTBF", ["mean time between failures", "MTTF"],
      """
      Mean time between failures: how long a part works, on average, until it fails, without the time of repair; \
      availability is MTBF divided by MTBF plus MTTR. The figures in show site are orders of magnitude: that a \
      machine fails about once a year has been reported of large clusters, the rest is assumed.
      """,
      example: "availability",
      confused: "with a promise: a mean of a year does not say that the first year is free of failures.",
      see: ["MTTR", "availability"]),
    Term(
      "MTTR", ["mean time to repair", "mean time to recovery"],
      """
      Mean time to repair: how long a part is out, on average, from the failure until it works again, noticing \
      included. To halve it does as much for availability as to double MTBF.
      """,
      example: "availability",
      confused: "with the time of a takeover, after which users are served again while the repair goes on.",
      see: ["MTBF", "failover"]),
    Term(
      "availability", ["uptime", "nines", "high availability", "HA"],
      """
      The share of time in which requests of a kind are answered. 99 % is 3 days and 16 hours without in a year, \
      99.9 % is less than 9 hours.
      """,
      example: "availability",
      confused: "with durability, which asks whether data survive, and with speed.",
      see: ["MTBF", "series", "parallel"]),
    Term(
      "series", ["in series"],
      """
      Parts one after the other, all of which are needed: their availabilities multiply, so three of 99 % give \
      97 %. Each further one lowers it.
      """,
      example: "load scaled-up; spof read",
      confused:
        "with parallel, where one of several is enough: splitting a site over hosts puts them in series.",
      see: ["parallel", "availability"]),
    Term(
      "parallel", ["in parallel"],
      """
      Parts beside each other, one of which is enough: the site fails only if all do, so two of 99 % give 99.99 %. \
      That holds if they fail independently of each other and the dead one is left out.
      """,
      example: "break server-1; wait until server-1 down; send 4 read",
      confused: "with twice the capacity: a load that needs both servers puts them in series.",
      see: ["series", "N+1"]),
    Term(
      "scaling out",
      ["scale out", "horizontal scaling", "scale up", "scaling", "scaling up", "vertical scaling"],
      """
      Adding hosts, where scaling up makes one host bigger. It helps with what can be shared out, such as the \
      application; all writes go to one primary, and more replicas do not make them faster.
      """,
      example: "whatif add replica; capacity write",
      confused: "with redundancy: if the load needs every host, the loss of any one is an outage.",
      see: ["capacity", "N+1", "primary"]),
  ]
}
