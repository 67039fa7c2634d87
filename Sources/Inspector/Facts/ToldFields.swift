import Blueprint

/// What a reply says beyond what facts are about: any member of its JSON, by its name there.
extension FactField {
  /// A member of a reply, or of what it says; nil where no reply has one of that name.
  static func told(_ call: FactNode.Call, by type: FactType) -> FactField? {
    let isOfList = type == .told && ReplyNames.ofLists.contains(call.name)
    guard type.isTold, !call.hasParentheses, isOfList || ReplyNames.members.contains(call.name) else {
      return nil
    }
    return FactField(call.name, of: .reply, .told, "what the reply says of it") {
      judging, value, asked throws(FactProblem) in
      let told = try value.told(call.name, asked.place)
      judging.alsoSaw(told, of: call.name)
      return told
    }
  }
}

extension FactType {
  /// Whether members of a reply can be taken from it.
  var isTold: Bool { self == .run || self == .request || self == .latency || self == .told }
}

extension FactJudging {
  fileprivate mutating func alsoSaw(_ told: FactValue, of name: String) {
    switch told {
    case .list, .report: return
    default: break
    }
    let text = told.text
    alsoSaw("\(name): \(text.count > 60 ? "\(text.prefix(60))…" : text)")
  }
}

extension FactValue {
  /// As a reply says it.
  init(_ json: JSON) {
    switch json {
    case .null: self = .nothing
    case .flag(let flag): self = .bool(flag)
    case .integer(let number): self = .number(Quantity(number))
    case .thousandths(let number): self = .number(Quantity(Double(number) / 1_000))
    case .billionths(let number): self = .number(Quantity(Double(number) / 1e9))
    case .string(let text): self = .text(text)
    case .array(let elements): self = .list(elements.map { FactValue($0) })
    case .object: self = .report(.object(json))
    }
  }

  /// For a sentence: of more than one would read, what it is.
  fileprivate var inShort: String {
    switch self {
    case .report: "an object"
    case .list(let elements): "a list of \(elements.count)"
    case let value where value.text.count > 60: "\(value.text.prefix(60))…"
    default: text
    }
  }

  /// A member of what a reply says.
  func told(_ name: String, _ place: Range<Int>) throws(FactProblem) -> FactValue {
    if case .list(let elements) = self {
      switch name {
      case "count": return .number(Quantity(elements.count))
      case "first": return elements.first ?? .nothing
      case "last": return elements.last ?? .nothing
      default: throw FactProblem("that is a list", hint: "its first element is [0]", at: place)
      }
    }
    guard case .report(let report) = self, case .object(let members) = report.json else {
      throw FactProblem("\(inShort) has no “\(name)”", at: place)
    }
    if let member = members.first(where: { $0.name == name }) { return FactValue(member.value) }
    // Of names and numbers, as the fact of that name counts them: what was met at least once.
    if name == "count" { return .number(Quantity(members.count { $0.value != .integer(0) })) }
    let names = members.map { $0.name }
    throw FactProblem(
      "the reply has no “\(name)”",
      hint: nearest(to: name, among: names).map { "\($0)?" } ?? names.prefix(24).joined(separator: ", "),
      at: place)
  }
}

extension FactProblem {
  /// Where a reply turned out to say something else than what was needed.
  static func untold(_ value: FactValue, _ wanted: FactType, at place: Range<Int>) -> FactProblem {
    FactProblem("the reply says \(value.inShort), which is not \(wanted.words)", at: place)
  }
}

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
