extension Term {
  static let database: [Term] = [
    Term(
      "primary", ["primary node", "leader", "source database"], formerNames: ["master"],
      """
      The database node that accepts writes; the replicas replicate from it. There must be only one at a \
      time. The application sends every write to it, whichever server the balancer chose for the request.
      """,
      example: "send 10 write; stats",
      confused:
        "with its host. nginx and the application beside the primary do the same work as on other servers.",
      see: ["replica", "promotion", "SPOF"]),
    Term(
      "replica", ["read replica", "secondary", "follower"], formerNames: ["slave"],
      """
      A database node that replicates from the primary and answers reads. It refuses writes. It becomes \
      the primary only if it is promoted, by an operator or by automatic failover.
      """,
      example: "break server-1.mysql; wait 5m; send 4 write",
      confused: "with a data backup. A mistaken DELETE also reaches the replica.",
      see: ["primary", "lag", "read-only", "data backup"]),
    Term(
      "replication", ["asynchronous replication", "async", "cluster", "primary-replica cluster", "mirror"],
      """
      How a replica gets the writes of the primary: it fetches the log of changes and applies them. \
      Usually it is asynchronous: a write is confirmed before any replica has it.
      """,
      example: "send 4 write; show database",
      confused: "with copying in both directions. Changes go only from the primary to its replicas.",
      see: ["lag", "semi-synchronous", "replica"]),
    Term(
      "lag", ["replication lag", "seconds behind"],
      """
      The time that a write takes to reach a replica and be applied there. The default here is 1 ms; on \
      real sites it ranges from milliseconds to hours. Until then, users who read from the replica see the \
      old page.
      """,
      example: "set database lag 2s; send 1 write; send 2 read",
      confused:
        "with latency, the time that a request takes. Reads from a replica with lag are as fast as "
        + "any others.",
      see: ["stale read", "lost write", "latency"]),
    Term(
      "stale read", ["stale", "old page", "read your own writes", "eventual consistency"],
      """
      A read that returns older data than a confirmed write: here, from a replica that has not yet applied \
      the last write. Its status is 200, so no error is visible.
      """,
      example: "set database lag 2s; send 1 write; send 4 read",
      confused: "with a browser's cache, which can also show an old page, but without asking the site.",
      see: ["lag", "semi-synchronous"]),
    Term(
      "semi-synchronous", ["semi-sync", "semi-synchronous replication"],
      """
      Replication in which a write is confirmed once a replica has received it. A promotion then loses no \
      confirmed write. Reads can still be stale, because a received write is not yet applied. If no \
      replica answers, MySQL waits 10 s by default, then continues without.
      """,
      example: "set database replication semi-sync; set database lag 2s; send 1 write; send 2 read",
      confused:
        "with synchronous replication, in which every node must have the write before it is confirmed.",
      see: ["replication", "stale read", "lost write"]),
    Term(
      "routing", ["fallback", "read routing", "read/write splitting"],
      """
      The choice of the database node that an application queries. Writes go to the primary. Reads go to \
      the node on the same host, the primary, a replica or any node, as set. With fallback, a failed read \
      is tried on another node.
      """,
      example: "set database reads any; send 10 read; stats",
      confused:
        "with balancing. The balancer chooses a server for a request and knows nothing about databases.",
      see: ["primary", "replica", "load balancer"]),
    Term(
      "read-only", ["1290", "error 1290", "read-only (1290)"],
      """
      A state in which a database node refuses writes, with MySQL's error 1290. Replicas are in this \
      state. If an application sends a write there, the user sees a 500.
      """,
      example: "set database writes local; send 4 write",
      confused:
        "with a failed node. A read-only node runs and answers reads; in MySQL an administrator "
        + "can even write to it.",
      see: ["replica", "500"]),
    Term(
      "promotion", ["promote", "promoted"],
      """
      Making a replica the primary, so that writes work again. The replica first applies the writes that \
      it has received. Writes that it never received are lost, and Tripod counts them.
      """,
      example: "break server-1.mysql; promote server-2; send 4 write",
      confused: "with a repair. The former primary is still broken after a promotion.",
      see: ["lost write", "divergence", "failover"]),
    Term(
      "lost write", ["data loss", "lost data"],
      """
      A write that was confirmed to a user and no longer exists. Only the former primary had it when a \
      replica was promoted. No user sees an error.
      """,
      example: "set database lag 2s; send 50 write rate 5/s; break server-1.mysql; promote server-2",
      confused:
        "with a failed write. The user sees an error for a failed write, although it may still be stored.",
      see: ["promotion", "lag", "semi-synchronous"]),
    Term(
      "divergence", ["diverged", "diverge"],
      """
      Two database nodes have diverged if each has writes that the other lacks. This happens to a former \
      primary whose last writes never reached the new one. It cannot simply replicate again; it must be \
      rebuilt from the primary. A former primary without such writes becomes a replica once it is repaired.
      """,
      example:
        "set database lag 2s; send 50 write rate 5/s; break server-1.mysql; promote server-2; "
        + "repair server-1.mysql; show database",
      confused:
        "with lag. A replica with lag only lacks the latest writes, and applies them later without help.",
      see: ["promotion", "split brain"]),
    Term(
      "split brain", ["two primaries", "quorum"],
      """
      A state in which two nodes are primary at the same time and both accept writes. Usually the link \
      between them is cut, and each takes the other for failed. A majority vote, fencing or an operator \
      must prevent it.
      """,
      example: "set database failover auto; break server-1--server-2; wait 30s; send 4 write; show database",
      confused: "with active-active, which is intended and has a rule for which node may write what.",
      see: ["divergence", "promotion", "fencing"]),
    Term(
      "fencing", ["fence", "STONITH"],
      """
      Making sure that the former primary can no longer accept writes, usually by cutting its power, \
      before another node is promoted. If that is not possible, do not promote.
      """,
      example:
        "set database failover auto; set database fencing on; break server-1--server-2; wait 30s; "
        + "show database",
      confused:
        "with a firewall. Fencing stops a node from acting; a firewall stops others from reaching it.",
      see: ["split brain", "promotion", "failover"]),
    Term(
      "data backup", ["backup copy", "dump", "snapshot", "restore"],
      """
      A copy of the data at one moment, kept separately, to return to after a mistake or a loss. Restoring \
      it loses every later change. Data backups are not modelled here.
      """,
      example: "show database",
      confused: "with a replica, which repeats every mistake, or with a standby, which is a spare server.",
      see: ["replica", "standby"]),
  ]
}
