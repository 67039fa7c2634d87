extension Term {
  static let monitoring: [Term] = [
    Term(
      "TLS", ["HTTPS", "encryption"], formerNames: ["SSL"],
      """
      Encryption of a connection, and a certificate that proves who is at its other end: the s in https. Who \
      listens on that stretch can read nothing; where TLS ends, all is readable again.
      """,
      example: "add tls; attack sniff internet--lb-1",
      confused: "with a firewall: TLS keeps nobody from connecting, a firewall hides nothing that passes.",
      see: ["certificate", "termination", "firewall"]),
    Term(
      "certificate", ["cert", "TLS certificate", "SSL certificate"],
      """
      A signed statement that a key belongs to a name, good until a certain day. Browsers refuse a site whose \
      certificate has expired or is for another name.
      """,
      example: "add tls; break lb-1.certificate; send 1",
      confused: "with the encryption itself: it says with whom you speak, not that nobody else can listen.",
      see: ["TLS", "termination"]),
    Term(
      "termination", ["TLS termination", "SSL termination", "TLS offloading"],
      """
      The place where TLS ends: often the balancer, which can then read requests and choose by them. Behind it they \
      go in clear, unless they are encrypted anew or TLS is passed through to the servers.
      """,
      example: "add tls; attack sniff lb-1--server-1",
      confused: "with encryption all the way: the padlock in the browser speaks of the first stretch alone.",
      see: ["TLS", "reverse proxy"]),
    Term(
      "firewall", ["packet filter", "firewall rule"],
      """
      A filter before a host that lets packets in by port and sender and drops the others. Each host needs one: that \
      of the balancer does not stand before the servers.
      """,
      example: "add firewall; attack scan",
      confused: "with TLS, which hides contents; and it does not stop a flood at a port that must be open.",
      see: ["port", "scan", "TLS"]),
    Term(
      "scan", ["port scan", "nmap"],
      """
      Knocking at the ports of a host to see which are open, as an attacker does first. What answers and need not is \
      what a firewall should close.
      """,
      example: "attack scan",
      confused: "with a break-in: an open port is a door, and the question is whether it must be there.",
      see: ["port", "firewall"]),
    Term(
      "monitoring agent", ["agent", "monitoring", "monitor", "monitoring client"],
      """
      A program on a host that measures it and sends what it finds to where people look. Without one nobody knows of \
      a fault until a user meets it.
      """,
      example: "add monitor; break server-1; wait 1m; alerts",
      confused:
        "with a health check, which tells the balancer; and an agent cannot report the death of its own host.",
      see: ["metric", "alert", "health check"]),
    Term(
      "metric", ["measurement"],
      """
      A number about a part that is taken again and again: requests a second, requests in flight, the share that \
      fails. One value says little, its course says more.
      """,
      example: "send 100 mix rate 50/s; stats",
      confused:
        "with a log, which has a line for each event, and with an alert, which is a judgement on a metric.",
      see: ["QPS", "alert", "utilisation"]),
    Term(
      "QPS", ["queries per second", "requests per second", "RPS", "queries a second"],
      """
      Requests, or queries, a second. Ask of what: one of two web servers sees half of what the site gets, and all \
      of it when the other is dead.
      """,
      example: "send 200 rate 100/s; stats",
      confused: "with requests in flight, the number that is open at one moment.",
      see: ["metric", "in flight", "capacity"]),
    Term(
      "alert", ["alarm"],
      """
      A message to people that something needs them: a metric has passed its threshold, or an agent has gone \
      silent. It fires as long as that holds, and then is resolved. Too late it is useless; too often, nobody reads it.
      """,
      example: "add monitor; break server-1; wait 1m; alerts",
      confused: "with a metric, which is there all the time and wakes nobody.",
      see: ["metric", "monitoring agent", "push and pull"]),
    Term(
      "push and pull", ["push", "pull", "scrape"],
      """
      The two ways in which metrics travel: agents send theirs, or a collector asks for them. An asked host that \
      refuses is news in itself; a dead host that should send is only silent, and silence must be an alert too.
      """,
      example: "add monitor pull; break server-1; wait 1m; alerts",
      confused: "with how often: the interval decides how soon one knows, either way.",
      see: ["monitoring agent", "alert"]),
  ]
}
