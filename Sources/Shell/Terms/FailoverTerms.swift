extension Term {
  static let failover: [Term] = [
    Term(
      "active-active", ["active/active"],
      """
      Every member of a group serves requests at the same time. The group can be the servers behind a \
      balancer, or balancers with an address each. A site can be active-active in one place and \
      active-passive in another.
      """,
      example: "mode active-active servers; send 4",
      confused:
        "with spare capacity. Two servers that are each three quarters full cannot replace each other.",
      see: ["active-passive", "N+1"]),
    Term(
      "active-passive", ["active/passive", "active-standby", "passive"],
      """
      One member of a group serves requests, and another waits until the first is lost. The group can be \
      servers, with HAProxy's backup option, or a pair of balancers with a floating address. Always ask \
      which group is meant.
      """,
      example: "load weighted-standby; send 10",
      confused:
        "with round robin over both. A standby gets no requests while the active server is available.",
      see: ["active-active", "standby", "floating address"]),
    Term(
      "standby",
      ["backup server", "backup", "hot standby", "failover server", "standby server", "spare server"],
      """
      A server that gets requests only when no other server is available. HAProxy calls it a backup. It \
      takes over when the last other server is marked DOWN, not at the first failed request. Of several, \
      only the first serves, unless allbackups is on.
      """,
      example: "load weighted-standby; break server-1; send 2; wait until server-1 down; send 2",
      confused: "with a data backup, which is a copy of data and serves no requests.",
      see: ["active-passive", "health check", "data backup"]),
    Term(
      "floating address", ["VIP", "virtual IP", "virtual address", "floating IP"],
      """
      An address that a pair of balancers shares; one of them holds it at a time. If the holder falls \
      silent, the other balancer takes the address over. Users connect to the same address as before.
      """,
      example: "load balancer-pair; break lb-1; wait 10s; send 4",
      confused: "with DNS, which would have to give users another address, and wait until they ask again.",
      see: ["advertisement", "failover"]),
    Term(
      "advertisement", ["advert", "VRRP", "keepalived", "heartbeat"],
      """
      A message that the holder of a floating address sends every second to show that it is working. After \
      three are missed, which takes 3.0 to 3.6 s, the other balancer takes over. keepalived does this with \
      the protocol VRRP.
      """,
      example: "load balancer-pair; at 1s break lb-1; wait 10s",
      confused:
        "with a health check, which asks a server for an answer. An advertisement is sent without "
        + "being asked for.",
      see: ["floating address", "health check", "split brain"]),
    Term(
      "failover", ["fail over", "takeover", "take over", "switchover"],
      """
      The switch from what has failed to its replacement: to a standby, to the other balancer, or to a \
      promoted replica. It takes time to detect the failure and to switch. Requests in flight and writes \
      not yet replicated can be lost.
      """,
      example: "load weighted-standby; break server-1; wait until server-1 down; send 4",
      confused: "with redundancy. A second component helps only if something switches to it.",
      see: ["standby", "floating address", "promotion", "failback"]),
    Term(
      "failback", ["fail back", "switch back"],
      """
      The return after a failover, when the failed component works again. A repaired server gets requests \
      as soon as its checks pass. A former primary must first replicate the writes that it has missed.
      """,
      example:
        "load weighted-standby; break server-1; wait until server-1 down; repair server-1; "
        + "wait until server-1 up; send 4",
      confused: "with failover. Many teams plan the failover and are then surprised by the failback.",
      see: ["failover", "divergence", "slow start"]),
    Term(
      "redispatch", ["option redispatch"],
      """
      A setting that lets HAProxy retry a failed connection on another server instead of the same one. \
      Here it is off unless a design turns it on. With it, a crash causes no errors even before a check \
      has found it.
      """,
      example: "set lb-1 redispatch on; break server-1 crash; send 4",
      confused: "with retries alone, which all go to the same failed server.",
      see: ["retry", "health check"]),
    Term(
      "retry", ["retries"],
      """
      A further attempt to connect after one has failed; here there are up to 3. HAProxy retries \
      connections only, not requests that it has already sent. So a write is not stored twice.
      """,
      example: "break server-1.nginx; send 2; why last failed",
      confused: "with redispatch, which decides which server the last attempt goes to.",
      see: ["redispatch", "503"]),
  ]
}
