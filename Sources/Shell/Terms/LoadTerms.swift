extension Term {
  static let load: [Term] = [
    Term(
      "capacity", ["throughput", "max rate"],
      """
      The highest rate of requests that a component or a site can sustain. For a component it is the \
      number of workers divided by the time for one request. Above it, the queue grows until requests \
      fail.
      """,
      example: "capacity read",
      confused: "with utilisation, the share of the capacity in use.",
      see: ["utilisation", "N+1", "queue"]),
    Term(
      "utilisation", ["utilization", "busyness"],
      """
      The share of time in which a component is busy: the rate times the time for one request, divided by \
      the workers. At 50 % requests hardly wait. Near 100 % the wait grows without limit.
      """,
      example: "set site service exponential; send 2000 read rate 900/s; stats",
      confused:
        "with the load of a processor. A worker that waits for the database is busy, although its "
        + "processor is idle.",
      see: ["capacity", "latency", "queue"]),
    Term(
      "latency", ["response time"],
      """
      The time that a request takes, as the user sees it: work and waiting together. A mean hides the \
      slowest requests, so look at p99 as well.
      """,
      example: "send 20 read",
      confused: "with requests per second. A site can answer many requests in parallel, each of them slowly.",
      see: ["p99", "utilisation", "lag"]),
    Term(
      "p99", ["percentile", "p95", "p50", "median", "tail latency", "99th percentile"],
      """
      The time within which 99 of 100 requests end; 1 of 100 takes longer. p95 and p50, which is the \
      median, are defined in the same way.
      """,
      example: "set site service exponential; send 1000 read rate 200/s",
      confused: "with the mean, which can hide a few very slow requests, or with the maximum.",
      see: ["latency"]),
    Term(
      "N+1", ["n plus one", "n plus 1", "redundancy", "redundant", "spare capacity"],
      """
      One more than the load needs. If two servers can handle the peak, run three. Then any one of them \
      can fail, and the others still handle the peak.
      """,
      example: "whatif add server server-3; capacity read",
      confused:
        "with having two of each. If two servers are each three quarters full, neither can be spared.",
      see: ["capacity", "SPOF"]),
    Term(
      "SPOF", ["single point of failure", "single points of failure"],
      """
      Short for single point of failure: a target whose failure alone makes a kind of request fail, even \
      after every automatic recovery. The primary is a SPOF for comments but not for pictures. Tripod \
      finds each one by breaking it on a copy and sending requests.
      """,
      example: "spof",
      confused:
        "with any important component. A component that exists twice is not a SPOF if the failed "
        + "one gets no requests.",
      see: ["parallel", "health check", "N+1"]),
    Term(
      "MTBF", ["mean time between failures", "MTTF"],
      """
      Mean time between failures: how long a component works on average before it fails, repairs not \
      included. Availability is MTBF / (MTBF + MTTR). The values in `show site` are rough; it says which \
      are reported and which are assumed.
      """,
      example: "availability",
      confused: "with a promise. A mean of one year does not mean that the first year has no failures.",
      see: ["MTTR", "availability"]),
    Term(
      "MTTR", ["mean time to repair", "mean time to recovery"],
      """
      Mean time to repair: how long a component is out of service on average, from the failure until it \
      works again. Detection is included. Halving it helps availability as much as doubling MTBF.
      """,
      example: "availability",
      confused:
        "with the time of a takeover. After a takeover requests succeed again, while the repair continues.",
      see: ["MTBF", "failover"]),
    Term(
      "availability", ["uptime", "nines", "high availability", "HA", "SLA"],
      """
      The share of time in which requests of one kind succeed. With 99 %, they fail for 3 days and 16 \
      hours a year; with 99.9 %, for less than 9 hours.
      """,
      example: "availability",
      confused: "with durability, the safety of stored data, or with speed.",
      see: ["MTBF", "series", "parallel"]),
    Term(
      "series", ["in series"],
      """
      Components are in series if a request needs all of them. Their availabilities multiply: three \
      components of 99 % each give 97 %. Every further component lowers the result.
      """,
      example: "load scaled-up; spof read",
      confused:
        "with parallel, for which one of several is enough. Splitting a site over several hosts "
        + "puts the hosts in series.",
      see: ["parallel", "availability"]),
    Term(
      "parallel", ["in parallel"],
      """
      Components are in parallel if any one of them is enough. Requests fail only if all of them fail: two \
      of 99 % each give 99.99 %. This holds if they fail independently and the failed one gets no \
      requests.
      """,
      example: "break server-1; wait until server-1 down; send 4 read",
      confused: "with twice the capacity. If the load needs both servers, they are in series.",
      see: ["series", "N+1"]),
    Term(
      "scaling out",
      ["scale out", "horizontal scaling", "scale up", "scaling", "scaling up", "vertical scaling"],
      """
      Adding hosts. Scaling up, in contrast, makes one host bigger. Scaling out helps work that can be \
      divided, such as that of the application. All writes go to one primary, so more replicas do not make \
      writes faster.
      """,
      example: "whatif add replica; capacity write",
      confused: "with redundancy. If the load needs every host, the loss of any one causes an outage.",
      see: ["capacity", "N+1", "primary"]),
  ]
}
