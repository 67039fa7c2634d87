extension JSON {
  /// The fixed names of members in replies. A fact that uses an unknown name is rejected before anything
  /// runs.
  public enum MemberName: String, CaseIterable, Sendable {
    case afterLoss = "after_loss"
    case agents
    case agrees
    case alerts
    case also
    case answered
    case availability
    case backup
    case balancer
    case reason = "because"
    case behind
    case brings
    case byComponent = "by_component"
    case byDatabase = "by_database"
    case byServer = "by_server"
    case bytes
    case candidates
    case capacity
    case cause
    case changed
    case checks
    case claims
    case code
    case command
    case commands
    case component
    case components
    case inferredCount = "concluded"
    case confirmed
    case confusedWith = "confused_with"
    case connected
    case course
    case costs
    case cure
    case cures
    case cwe
    case database
    case dequeued
    case design
    case designs
    case differs
    case downtimeMinutesPerYear = "downtime_minutes_per_year"
    case sampledShare = "drawn"
    case effectiveWeight = "effective_weight"
    case error
    case events
    case evidence
    case exact
    case example
    case expected
    case fact
    case facts
    case failed
    case failingAlready = "failing_already"
    case failingCure = "failing_cure"
    case failingEvidence = "failing_evidence"
    case fault
    case feedback
    case fields
    case file
    case findings
    case finished
    case firstAlertMs = "first_alert_ms"
    case firstFailureMs = "first_failure_ms"
    case fix
    case fog
    case from
    case gain
    case goal
    case goals
    case hidden
    case hint
    case hops
    case host
    case hostName = "host_name"
    case id
    case inFlight = "in_flight"
    case inService = "in_service"
    case incidents
    case io
    case key
    case kind
    case kinds
    case lagMs = "lag_ms"
    case lastHeardMs = "last_heard_ms"
    case last
    case latencyMs = "latency_ms"
    case least
    case left
    case lesson
    case lessons
    case limit
    case lines
    case link
    case login
    case losses
    case lost
    case lostConnections = "lost_connections"
    case lostIds = "lost_ids"
    case max
    case maxInFlight = "max_in_flight"
    case mean
    case meanInFlight = "mean_in_flight"
    case meanCallsInFlight = "mean_present"
    case meanWaitMs = "mean_wait_ms"
    case meaning
    case mended
    case message
    case met
    case metric
    case minutes
    case missed
    case missing
    case most
    case ms
    case name
    case needs
    case next
    case nodes
    case notKept = "not_kept"
    case number
    case of
    case ok
    case open
    case optional
    case output
    case over
    case p50
    case p95
    case p99
    case packets
    case pairs
    case parameters
    case part
    case path
    case peak
    case place
    case port
    case ports
    case position
    case problem
    case queue
    case queueMax = "queue_max"
    case queued
    case commandsRun = "ran"
    case range
    case rate
    case reached
    case readable
    case received
    case repairs
    case repairsForNothing = "repairs_for_nothing"
    case replies
    case requests
    case requestsOmitted = "requests_omitted"
    case resolvedMs = "resolved_ms"
    case right
    case role
    case rows
    case answer = "said"
    case observation = "saw"
    case schema
    case sealed
    case seconds
    case secondsBehind = "seconds_behind"
    case see
    case sent
    case sentences
    case served
    case server
    case servers
    case settings
    case settled
    case severity
    case shares
    case short
    case shown
    case sinceMs = "since_ms"
    case site
    case sites
    case skipped
    case solved
    case source
    case spofs
    case stale
    case standardError = "standard_error"
    case state
    case status
    case statuses
    case steps
    case storedAnyway = "stored_anyway"
    case summary
    case task
    case tasks
    case term
    case terms
    case text
    case timeMs = "time_ms"
    case title
    case to
    case combinedFix = "together"
    case told
    case total
    case triedCount = "tried"
    case `try`
    case type
    case unknownCount = "unknown"
    case unwatched
    case usage
    case utilisation
    case value
    case values
    case verb
    case verdict
    case weight
    case what
    case witness
  }
}
