extension Term {
  static let database: [Term] = [
    Term(
      "primary", ["primary node", "leader"], formerNames: ["master"],
      """
      The database node that takes the writes; the others copy it. There must be no more than one at a time. \
      The application chooses it for a write, whichever server the balancer chose for the request.
      """,
      example: "send 10 write; stats",
      confused:
        "with its host: nginx and the application beside the primary are like those on other servers.",
      see: ["replica", "promotion", "SPOF"]),
    Term(
      "replica", ["read replica", "secondary", "follower"], formerNames: ["slave"],
      """
      A database node that copies the primary and answers reads. It refuses writes, and does not become the primary \
      by itself unless failover is auto.
      """,
      example: "break server-1.mysql; wait 5m; send 4 write",
      confused: "with a backup copy: a mistaken DELETE reaches the replica too.",
      see: ["primary", "lag", "read-only", "backup copy"]),
    Term(
      "replication", ["asynchronous replication", "async", "cluster"],
      """
      How a replica gets what was written to the primary: it fetches the log of changes and does them again. \
      Usually it is asynchronous: a write is confirmed before any replica has it.
      """,
      example: "send 4 write; show database",
      confused: "with copying both ways: changes go from the primary to its replicas, never back.",
      see: ["lag", "semi-synchronous", "replica"]),
    Term(
      "lag", ["replication lag", "seconds behind"],
      """
      How long a write is on its way to a replica: 1 ms here unless set, in real sites from milliseconds to hours. \
      For so long a reader of the replica sees the old page.
      """,
      example: "set database lag 2s; send 1 write; send 2 read",
      confused:
        "with latency, the time that a request takes: reads from a lagging replica are as quick as others.",
      see: ["stale read", "lost write", "latency"]),
    Term(
      "stale read", ["stale", "old page", "read your own writes"],
      """
      A read that shows an older state than one that was confirmed already: here, from a replica that has not \
      applied the last write. Its status is 200, so nothing looks wrong.
      """,
      example: "set database lag 2s; send 1 write; send 4 read",
      confused: "with a browser's cache, which can show an old page too without asking the site at all.",
      see: ["lag", "semi-synchronous"]),
    Term(
      "semi-synchronous", ["semi-sync", "semi-synchronous replication"],
      """
      A write is confirmed when a replica has received it, so a promotion loses no confirmed one. Reads there can \
      still be stale, since received is not applied. If no replica answers, MySQL waits, 10 s by default, and goes \
      on without.
      """,
      example: "set database replication semi-sync; set database lag 2s; send 1 write; send 2 read",
      confused:
        "with synchronous replication, in which every node must have the write before it is confirmed.",
      see: ["replication", "stale read", "lost write"]),
    Term(
      "routing", ["fallback", "read routing", "read/write splitting"],
      """
      Which database node an application asks. Writes go to the primary; reads to the node beside the application, \
      to the primary, to a replica or to any, as it is set. With fallback, a read that fails is tried at another one.
      """,
      example: "set database reads any; send 10 read; stats",
      confused: "with balancing: the balancer chooses a server for a request and knows no databases.",
      see: ["primary", "replica", "load balancer"]),
    Term(
      "read-only", ["1290", "error 1290", "read-only (1290)"],
      """
      A state in which a node refuses writes, with MySQL's error 1290; replicas are kept in it. A user whose write \
      meets it sees a 500 from the application.
      """,
      example: "set database writes local; send 4 write",
      confused:
        "with a broken node: it runs and answers reads. In MySQL an administrator can even write to it.",
      see: ["replica", "500"]),
    Term(
      "promotion", ["promote", "promoted"],
      """
      Making a replica the primary, so that writes go on. It first applies what it has received; what it had not \
      received is lost, and is counted.
      """,
      example: "break server-1.mysql; promote server-2; send 4 write",
      confused: "with a repair: the old primary is as broken as before, and has diverged when it returns.",
      see: ["lost write", "divergence", "failover"]),
    Term(
      "lost write", ["data loss", "lost data"],
      """
      A write that was confirmed to its user and is not there any more: only the old primary had it when a replica \
      was promoted. Nobody sees an error.
      """,
      example: "set database lag 2s; send 50 write rate 5/s; break server-1.mysql; promote server-2",
      confused: "with a failed write, of which the user was told, and which may be stored all the same.",
      see: ["promotion", "lag", "semi-synchronous"]),
    Term(
      "divergence", ["diverged", "diverge"],
      """
      An old primary has writes that the new primary lacks, so it cannot replicate from it. It must be rebuilt as a \
      fresh copy. An old primary without such writes becomes a replica as soon as it is repaired.
      """,
      example:
        "set database lag 2s; send 4 write; break server-1.mysql; promote server-2; repair server-1.mysql; "
        + "show database",
      confused: "with lag: a lagging replica has the same past, only less of it, and catches up by itself.",
      see: ["promotion", "split brain"]),
    Term(
      "split brain", ["two primaries"],
      """
      Two nodes are primary at the same time and both take writes, mostly because the link between them is cut and \
      each believes that the other is dead. A majority, fencing or a person must prevent it.
      """,
      example: "set database failover auto; break server-1--server-2; wait 30s; send 4 write; show database",
      confused: "with active-active, which is wanted, and has a rule for who may write what.",
      see: ["divergence", "promotion"]),
    Term(
      "fencing", ["fence", "STONITH"],
      """
      Making sure that the old primary cannot take writes any more, mostly by cutting its power, before another node \
      is promoted. Whoever cannot do that does not promote.
      """,
      example:
        "set database failover auto; set database fencing on; break server-1--server-2; wait 30s; show database",
      confused: "with a firewall: it keeps a node from acting, not users from reaching it.",
      see: ["split brain", "promotion", "failover"]),
    Term(
      "backup copy", ["dump", "snapshot", "restore"],
      """
      The data of one moment, kept apart, to go back to after a mistake or a loss. Restoring brings that moment back \
      and loses what came after. Backup copies are not modelled here.
      """,
      example: "show database",
      confused:
        "with a replica, which repeats every mistake, and with a backup server, which stands by for requests.",
      see: ["replica", "backup server"]),
  ]
}
