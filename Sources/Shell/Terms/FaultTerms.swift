extension Term {
  static let faults: [Term] = [
    Term(
      "health check", ["check", "TCP check", "HTTP check", "health check (TCP, HTTP)"],
      """
      What the balancer asks each server every two seconds: by TCP whether the port opens, by HTTP whether a page \
      comes back without an error. When enough have failed the server is DOWN and left out. A check sees no \
      further than what answers it.
      """,
      example: "set lb-1 check tcp; break server-1.app; wait 30s; send 4 read",
      confused:
        "with monitoring, which tells people: a check tells the balancer, and UP means only that it passed.",
      see: ["fall and rise", "monitoring agent", "backup server"]),
    Term(
      "fall and rise", ["UP", "DOWN", "fall", "rise", "inter", "interval"],
      """
      How many checks in a row must fail until a server is DOWN, and pass until it is UP again: 3 and 2. At one \
      check every 2 s a crash is noticed after 4 to 6 s, a silent host after 10 to 12, since each check then waits \
      for its own timeout first.
      """,
      example: "break server-1; wait until server-1 down",
      confused: "with retries, which belong to one request; these count checks.",
      see: ["health check", "retry"]),
    Term(
      "crash", ["crashed"],
      """
      A process has ended: its port refuses connections at once, while the host still answers. It is the fault that \
      is quickest to see.
      """,
      example: "break server-1.nginx crash; send 4",
      confused:
        "with a loss of power, after which nobody answers at all and each attempt waits for its timeout.",
      see: ["hang", "no connection"]),
    Term(
      "hang", ["freeze", "frozen", "stuck"],
      """
      A process is there and does nothing: connections are accepted, since the kernel does that, and no answer \
      comes. Users wait for a timeout, and a TCP check notices nothing.
      """,
      example: "set lb-1 check tcp; break server-1.nginx hang; wait 30s; send 4",
      confused: "with a crash, which refuses at once, and with slowness, where an answer comes in the end.",
      see: ["crash", "timeout", "504"]),
    Term(
      "timeout", ["time out"],
      """
      How long one part waits for another before it gives up: here the balancer 1 s for a connection, 2 s for an \
      answer. It ends the wait, not the work: what was asked for may still be done.
      """,
      example: "break server-1.app hang; send 2 write; why last failed",
      confused: "with a refusal: after a timeout nobody has said no, nobody has said anything.",
      see: ["504", "hang"]),
    Term(
      "no connection", ["connection refused", "refused", "unreachable"],
      """
      The browser reached nobody: its connection was refused, or nothing came back. There is no status then, for \
      no part of the site has spoken.
      """,
      example: "break lb-1; send 1",
      confused: "with 503, which a working balancer says in the place of its servers.",
      see: ["503", "crash", "SPOF"]),
    Term(
      "500", ["internal server error"],
      """
      The application met an error of its own while it made the page: a fault in its code, or a database that it \
      could not use. The balancer hands it on and tries no other server.
      """,
      example: "break server-1.mysql; send 2 write",
      confused: "with 502, where no application has answered.",
      see: ["502", "read-only"]),
    Term(
      "502", ["bad gateway"],
      """
      A proxy got no usable answer from the program behind it. Here nginx says it when the application is dead; the \
      balancer hands it on and does not try again.
      """,
      example: "break server-1.app; send 2 read",
      confused:
        "with 503, where the balancer found no server, and with 504, where one did not answer in time.",
      see: ["503", "504", "application server"]),
    Term(
      "503", ["service unavailable"],
      """
      The balancer has nobody to give the request to: all servers are DOWN, every attempt to connect has failed, or \
      the wait for a slot was too long. HAProxy makes this answer itself.
      """,
      example: "break server-1; break server-2; wait 30s; send 1",
      confused: "with 504: after a 503 from the balancer no server has begun the work.",
      see: ["retry", "queue", "504"]),
    Term(
      "504", ["gateway timeout"],
      """
      A proxy has waited for an answer until its timeout was over: haproxy after timeout-server, 2 s here. The work \
      may go on, so a write that ended in 504 may be stored all the same.
      """,
      example: "break server-1.app hang; send 2 write",
      confused: "with 503, where no server had the request; after a 504 one had it in hand.",
      see: ["timeout", "hang", "503"]),
  ]
}
