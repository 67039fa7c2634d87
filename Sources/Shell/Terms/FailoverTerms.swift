extension Term {
  static let failover: [Term] = [
    Term(
      "active-active", ["active/active"],
      """
      All of a group serve at the same time. It is said of the servers behind a balancer, or of balancers that \
      have an address each; a site can be the one in one place and not in the other.
      """,
      example: "mode active-active servers; send 4",
      confused: "with spare capacity: two that are both three quarters full cannot replace each other.",
      see: ["active-passive", "N+1"]),
    Term(
      "active-passive", ["active/passive", "active-standby", "hot standby", "standby", "passive"],
      """
      One serves, another stands by until the first is lost. It is said of servers, by HAProxy's backup, or of a \
      pair of balancers with one address that moves; so ask of which.
      """,
      example: "load weighted-standby; send 10",
      confused: "with round robin over both: while one stands by, there is nobody to take turns with.",
      see: ["active-active", "backup server", "floating address"]),
    Term(
      "backup server", ["backup", "failover server", "standby server", "spare server"],
      """
      A server that gets requests only while no other one is usable: when the health check has called the last of \
      them DOWN, not at the first request that fails. Of several only the first serves, unless allbackups is on.
      """,
      example: "load weighted-standby; break server-1; send 2; wait until server-1 down; send 2",
      confused: "with a backup copy of the data, which serves nobody until it is restored.",
      see: ["active-passive", "health check", "backup copy"]),
    Term(
      "floating address", ["VIP", "virtual IP", "virtual address", "floating IP"],
      """
      An address that a pair of balancers shares and one of them holds. When the other no longer hears it, that one \
      takes the address over, and users connect to the same number as before.
      """,
      example: "load balancer-pair; break lb-1; wait 10s; send 4",
      confused: "with DNS, which would have to give users another address and wait until they ask again.",
      see: ["advertisement", "failover"]),
    Term(
      "advertisement", ["advert", "VRRP", "keepalived", "heartbeat"],
      """
      What the holder of a floating address says once a second: I am here. When three have been missed, after 3.0 \
      to 3.6 s, the other balancer takes over, as keepalived does with VRRP.
      """,
      example: "load balancer-pair; at 1s break lb-1; wait 10s",
      confused: "with a health check, by which a balancer asks its servers; an advertisement comes unasked.",
      see: ["floating address", "health check", "split brain"]),
    Term(
      "failover", ["fail over", "takeover", "take over", "switchover"],
      """
      The change from what failed to what replaces it: to a backup server, to the other balancer, to a promoted \
      replica. It takes time to notice and to change, and what was open or not yet copied can be lost.
      """,
      example: "load weighted-standby; break server-1; wait until server-1 down; send 4",
      confused: "with redundancy: a second one helps nobody until something, or somebody, switches to it.",
      see: ["backup server", "floating address", "promotion", "failback"]),
    Term(
      "failback", ["fail back", "switch back"],
      """
      The way back when the failed one works again. A repaired server gets its requests as soon as its checks \
      pass; an old primary must be rebuilt first, since others have written without it.
      """,
      example:
        "load weighted-standby; break server-1; wait until server-1 down; repair server-1; "
        + "wait until server-1 up; send 4",
      confused: "with failover, the way there: many plan that one and are surprised by the other.",
      see: ["failover", "divergence", "slow start"]),
    Term(
      "redispatch", ["option redispatch"],
      """
      HAProxy's leave to try a failed connection at another server instead of the same one. It is off here unless a \
      design sets it; with it, a crash that nobody has noticed yet costs users no error.
      """,
      example: "set lb-1 redispatch on; break server-1 crash; send 4",
      confused: "with retries alone, which knock at the same dead server again and again.",
      see: ["retry", "health check"]),
    Term(
      "retry", ["retries"],
      """
      Another attempt after a connection failed, up to three here. HAProxy repeats connections, and no request that \
      was already sent, unless it is told to: so a write is not done twice.
      """,
      example: "break server-1.nginx; send 2; why last failed",
      confused: "with redispatch, which says where the next attempt goes.",
      see: ["redispatch", "503"]),
  ]
}
