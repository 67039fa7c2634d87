import Blueprint
import Inspector

/// The names that replies use.
enum ReplyNames {
  /// Known before anything runs, so that a slip is found before as well.
  static let members = Set(
    (names.split(separator: " ").map(String.init)) + Key.Name.allCases.map { $0.rawValue })

  private static let names = """
    after_loss agents agrees alerts also answered availability backup balancer because behind brings by_component \
    by_database by_server bytes candidates capacity cause checks claims code command commands component \
    components concluded confirmed confused_with connected costs cure cures cwe database dequeued \
    designs differs downtime_minutes_per_year drawn effective_weight error events evidence exact \
    example expected fact facts failed failing_already failing_cure failing_evidence fault feedback fields file \
    findings finished first_alert_ms first_failure_ms fix fog from gain goal goals hidden hint hops host host_name id \
    incidents in_flight in_service io key kind kinds lag_ms latency_ms last_heard_ms least left lesson lessons limit lines link login \
    losses lost lost_connections lost_ids max max_in_flight mean mean_in_flight mean_present mean_wait_ms \
    meaning mended message met metric minutes missed most ms name needs nodes of ok open optional output over p50 p95 \
    p99 packets pairs parameters part path peak port ports position problem queue queue_max queued ran \
    range rate reached read readable received repairs repairs_for_nothing replies requests requests_omitted \
    resolved_ms right role rows said saw schema sealed seconds seconds_behind see sent sentences served server servers \
    settings settled severity shares short shown since_ms skipped solved source spofs stale \
    standard_error state static status statuses steps stored_anyway summary task tasks term terms text \
    time_ms title to together told total tried try type unknown unwatched usage utilisation value values verb verdict \
    weight what witness write
    """

  /// What can be taken from a list in a reply.
  static let ofLists = ["count", "first", "last"]
}
