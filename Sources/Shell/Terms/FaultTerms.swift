extension Term {
  static let faults: [Term] = [
    Term(
      "fault", ["failure", "outage", "downtime"],
      """
      What the command `break` causes: a crash, a cut link, a full disk. A failure is a request that \
      failed because of it. An outage is a period in which requests of one kind fail.
      """,
      example: "break server-1.app; send 4 read",
      confused: "with an outage. Many faults cause none, because another component takes over.",
      see: ["crash", "hang", "SPOF"]),
    Term(
      "health check", ["check", "TCP check", "HTTP check", "health check (TCP, HTTP)"],
      """
      A test that the balancer makes on each server every 2 s. A TCP check opens the port; an HTTP check \
      also asks for a page. After enough failures the server is marked DOWN and gets no requests. A check \
      covers only what takes part in answering it.
      """,
      example: "set lb-1 check tcp; break server-1.app; wait 30s; send 4 read",
      confused:
        "with monitoring, which informs an operator. A check informs the balancer, and UP means "
        + "only that it passed.",
      see: ["fall and rise", "monitoring agent", "standby"]),
    Term(
      "fall and rise", ["UP", "DOWN", "fall", "rise", "inter", "interval"],
      """
      Fall is the number of checks in a row that must fail before a server is marked DOWN: 3. Rise is the \
      number that must pass before it is UP again: 2. A crash is found after 4 to 6 s. A host without \
      power takes 10 to 12 s, because each check waits for its timeout.
      """,
      example: "break server-1; wait until server-1 down",
      confused: "with retries, which belong to one request. Fall and rise count checks.",
      see: ["health check", "retry"]),
    Term(
      "crash", ["crashed"],
      """
      A fault in which a process ends. Its port refuses connections at once, while the host still answers. \
      Of all faults, it is the fastest to detect.
      """,
      example: "break server-1.nginx crash; send 4",
      confused: "with a loss of power, after which nothing answers and each attempt waits for its timeout.",
      see: ["hang", "no connection"]),
    Term(
      "hang", ["hanging", "freeze", "frozen", "stuck"],
      """
      A fault in which a process keeps running but does nothing. The operating system still accepts \
      connections for it, but no answer is sent. Users wait until a timeout, and a TCP check finds nothing \
      wrong.
      """,
      example: "set lb-1 check tcp; break server-1.nginx hang; wait 30s; send 4",
      confused:
        "with a crash, which refuses connections at once, or with a slow process, which answers in the end.",
      see: ["crash", "timeout", "504"]),
    Term(
      "timeout", ["time out"],
      """
      The longest time that one component waits for another. Here the balancer waits 1 s for a connection \
      and 2 s for an answer. A timeout ends the wait, not the work: a write may still be stored.
      """,
      example: "break server-1.app hang; send 2 write; why last failed",
      confused: "with a refusal. A refusal is an answer; a timeout means that none has arrived.",
      see: ["504", "hang"]),
    Term(
      "no connection", ["connection refused", "refused", "unreachable"],
      """
      What a browser reports when its connection is refused or gets no reply. There is no status code, \
      because no component of the site has sent an answer.
      """,
      example: "break lb-1; send 1",
      confused: "with 503, which a working balancer sends when it has no server for a request.",
      see: ["503", "crash", "SPOF"]),
    Term(
      "500", ["internal server error"],
      """
      The status that the application sends after an error of its own. The cause is a fault in its code, \
      or a database that it cannot use. The balancer passes this answer on and tries no other server.
      """,
      example: "break server-1.mysql; send 2 write",
      confused: "with 502, which means that no application has answered.",
      see: ["502", "read-only"]),
    Term(
      "502", ["bad gateway"],
      """
      The status that a proxy sends when it gets no usable answer from the program behind it. Here nginx \
      sends it if the application has crashed. The balancer passes it on and does not try again.
      """,
      example: "break server-1.app; send 2 read",
      confused:
        "with 503, for which the balancer found no server, or with 504, for which a server took too long.",
      see: ["503", "504", "application server"]),
    Term(
      "503", ["service unavailable"],
      """
      The status that the balancer sends when it has no server for a request. All servers are DOWN, \
      every attempt to connect failed, or the request waited too long for a slot. HAProxy itself sends this \
      answer.
      """,
      example: "break server-1; break server-2; wait 30s; send 1",
      confused: "with 504. After a 503 from the balancer, no server has started work on the request.",
      see: ["retry", "queue", "504"]),
    Term(
      "504", ["gateway timeout"],
      """
      The status that a proxy sends when an answer takes longer than its timeout; for haproxy that is \
      timeout-server, 2 s here. The work may continue, so a write that ended in 504 may still be stored.
      """,
      example: "break server-1.app hang; send 2 write",
      confused:
        "with 503, for which no server had the request. After a 504, a server had started work on it.",
      see: ["timeout", "hang", "503"]),
    Term(
      "fog", ["hidden fault"],
      """
      An exercise in which you see only what users and monitoring see. Commands that look inside a \
      component are refused until you have found the fault.
      """,
      example: "chaos hidden seed 3; send 4; fog off",
      confused: "with a fault. Fog changes nothing on the site; it only hides causes from you.",
      see: ["fault", "log"]),
  ]
}
