extension Term {
  static let monitoring: [Term] = [
    Term(
      "TLS", ["HTTPS", "encryption"], formerNames: ["SSL"],
      """
      Encryption of a connection, with a certificate that proves which host is at the other end. It is the \
      s in https. An attacker on an encrypted link can read nothing; after the point where TLS ends, \
      everything is readable again.
      """,
      example: "add tls; attack sniff internet--lb-1",
      confused:
        "with a firewall. TLS does not stop connections, and a firewall does not hide the data "
        + "that it lets through.",
      see: ["certificate", "TLS termination", "firewall"]),
    Term(
      "certificate", ["cert", "TLS certificate", "SSL certificate"],
      """
      A signed statement that a key belongs to a name, valid until a certain day. Browsers refuse to open \
      a site if its certificate has expired or is for another name.
      """,
      example: "add tls; break lb-1.certificate; send 1",
      confused:
        "with encryption. A certificate shows which host you are connected to, not that the "
        + "connection is secret.",
      see: ["TLS", "TLS termination"]),
    Term(
      "TLS termination", ["termination", "SSL termination", "TLS offloading"],
      """
      The point where TLS ends: often the balancer, which can then read requests and route them. Behind it \
      they are unencrypted, unless the balancer encrypts them again or passes TLS through to the servers.
      """,
      example: "add tls; attack sniff lb-1--server-1",
      confused: "with encryption all the way. The padlock in the browser covers only the first link.",
      see: ["TLS", "reverse proxy"]),
    Term(
      "unencrypted", ["sniff", "sniffing", "plaintext", "plain text", "cleartext", "eavesdropping"],
      """
      Sent without encryption, so that an attacker on the link can read it. The command `attack sniff` \
      shows what can be read there, such as a password.
      """,
      example: "attack sniff lb-1--server-1",
      confused: "with an open port, which accepts connections. Data on an open port can still be encrypted.",
      see: ["TLS", "link"]),
    Term(
      "firewall", ["packet filter", "firewall rule", "allow"],
      """
      A filter in front of a host. It allows packets by port and sender, and drops all others. Each host \
      needs one, because the balancer's firewall does not protect the servers.
      """,
      example: "add firewall; attack scan",
      confused:
        "with TLS, which hides data. A firewall also cannot stop a flood of requests at a port "
        + "that must be open.",
      see: ["port", "scan", "TLS"]),
    Term(
      "scan", ["port scan", "nmap"],
      """
      Trying to connect to the ports of a host to see which are open, as an attacker does first. A \
      firewall should block every open port that is not needed.
      """,
      example: "attack scan",
      confused:
        "with a break-in. A scan only shows open ports; whether they must be open is the next question.",
      see: ["port", "firewall"]),
    Term(
      "monitoring agent", ["agent", "monitoring", "monitor", "monitoring client"],
      """
      A program on a host that measures it and sends the metrics to a collector, which alerts the \
      operator. Without it, an operator learns of a fault only from users.
      """,
      example: "add monitor; break server-1; wait 1m; alerts",
      confused:
        "with a health check, which informs the balancer. Also, an agent cannot report the loss of "
        + "its own host.",
      see: ["metric", "alert", "health check"]),
    Term(
      "operator", ["admin", "administrator", "on-call", "sysadmin"],
      """
      The person who runs the site. Alerts go to the operator, who then repairs a component or promotes a \
      replica.
      """,
      example: "add monitor; break server-1; wait 1m; alerts",
      confused: "with a user, who visits the site, or with an agent, which is a program.",
      see: ["alert", "monitoring agent"]),
    Term(
      "metric", ["measurement"],
      """
      A number about a component that is measured again and again: requests per second, requests in \
      flight, the share of failures. One value says little; look at how it changes.
      """,
      example: "send 100 mix rate 50/s; stats",
      confused:
        "with a log, which has one line for each request, or with an alert, which is a message "
        + "about a metric.",
      see: ["QPS", "alert", "log", "utilisation"]),
    Term(
      "log", ["logs", "log line", "access log"],
      """
      A file in which a program writes one line for each request: when it arrived, which server answered, \
      the status and the time. HAProxy writes the log that you see here.
      """,
      example: "send 4; log",
      confused: "with a metric, which sums up many requests in one number.",
      see: ["metric", "alert"]),
    Term(
      "QPS", ["queries per second", "requests per second", "RPS", "queries a second"],
      """
      Queries, or requests, per second. Always ask which component was measured. One of two web servers \
      sees half of the site's requests, and all of them if the other server fails.
      """,
      example: "send 200 rate 100/s; stats",
      confused: "with requests in flight, the number of unfinished requests at one moment.",
      see: ["metric", "in flight", "capacity"]),
    Term(
      "alert", ["alarm"],
      """
      A message to the operator: a metric is above its limit, or an agent has fallen silent. It stays \
      active until that is over, and is then resolved. A late alert is useless, and an operator ignores \
      alerts that are too frequent.
      """,
      example: "add monitor; break server-1; wait 1m; alerts",
      confused: "with a metric, which is measured all the time and sends no message.",
      see: ["metric", "monitoring agent", "push and pull"]),
    Term(
      "push and pull", ["push", "pull", "scrape"],
      """
      The two ways to collect metrics: agents send them (push), or a collector asks for them (pull). A \
      failed host cannot send, so with push you also need an alert for silence. With pull, the collector \
      itself finds that a host does not answer.
      """,
      example: "add monitor pull; break server-1; wait 1m; alerts",
      confused: "with the interval, which decides how soon a fault is found, in either way.",
      see: ["monitoring agent", "alert"]),
  ]
}
