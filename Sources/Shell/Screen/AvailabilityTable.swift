import Blueprint
import Inspector
import Simulator

/// A table of the availability of each kind of request: the share of time in which it succeeds.
struct AvailabilityTable {
  let availabilities: [Availability]
  let study: AvailabilityStudy
  let site: Simulation
  let width: Int
  /// The improvements that other settings would bring.
  var settings: [Improvement] = []
  /// The improvements that a second host would bring.
  var seconds: [Improvement] = []

  var answer: CommandResponse {
    var lines = availabilities.map { $0.line }
    for one in availabilities where !one.costs.isEmpty {
      let most = one.costs.prefix(3).map { "\($0.component.text) \(AvailabilityTable.minutes($0.share))" }
      lines.append(Line("  \(Column.left(one.kind.rawValue, 8))costs most: \(most.joined(separator: ", "))"))
    }
    lines += (settings.prefix(2) + seconds.prefix(2)).flatMap { $0.lines(width: width) }
    lines.append(Line("  \(assumptions)\(origin)", .faint))
    return CommandResponse(lines, members)
  }

  private var assumptions: String {
    let what = study.includesOnlyHosts ? "Whole hosts" : "Hosts and parts"
    let isGuarded = site.topology.hosts.contains { $0.firewall != nil || $0.tls != nil }
    return "\(what) fail independently, as often as show site says. "
      + (isGuarded ? "Firewalls and certificates are taken never to fail. " : "")
      + (site.faults.isEmpty ? "" : "What is broken now is taken to stay so. ")
  }

  private var seed: UInt64 { site.topology.site.seed }

  /// A sentence on how the shares were found, and whether the random simulation agrees.
  private var origin: String {
    let refuted = availabilities.filter { $0.agrees == false }.map { $0.kind.rawValue }
    if !refuted.isEmpty {
      return "A drawing with seed \(seed) says otherwise than was computed for \(Sentences.listed(refuted)): "
        + "what was drawn is shown."
    }
    let drawn = availabilities.filter { !$0.isExact }.map { $0.kind.rawValue }
    if !drawn.isEmpty {
      return "There are too many ways to fail to compute \(Sentences.listed(drawn)): "
        + "so much was drawn with seed \(seed)."
    }
    let isCompared = availabilities.allSatisfy { $0.agrees == true }
    return isCompared ? "A drawing with seed \(seed) agrees." : "Nothing fails, so there is nothing to draw."
  }

  private var members: [JSON.Member] {
    [
      JSON.Member(
        .availability, .object(availabilities.map { JSON.Member(named: $0.kind.rawValue, .share($0.share)) })),
      JSON.Member(
        .downtimeMinutesPerYear,
        .object(
          availabilities.map {
            JSON.Member(
              named: $0.kind.rawValue, .thousandths(Int64(($0.downtimeMinutesPerYear * 1_000).rounded())))
          })),
      JSON.Member(.exact, .flag(availabilities.allSatisfy { $0.isExact })),
      JSON.Member(
        .agrees,
        .object(
          availabilities.map { JSON.Member(named: $0.kind.rawValue, $0.agrees.map { .flag($0) } ?? .null) })),
      JSON.Member(
        .sampledShare,
        .object(availabilities.map { JSON.Member(named: $0.kind.rawValue, .share($0.sampledShare)) })),
      JSON.Member(
        .standardError, .object(availabilities.map { JSON.Member(named: $0.kind.rawValue, .share($0.error)) })
      ),
      JSON.Member(.costs, .object(availabilities.map { JSON.Member(named: $0.kind.rawValue, $0.costsJSON) })),
      JSON.Member(.settings, .array(settings.map { $0.json })),
      JSON.Member(.seconds, .array(seconds.map { $0.json })),
    ]
  }

  /// One second, as a share of a year.
  fileprivate static let second = 1.0 / (365 * 86_400)

  /// Returns a share of a year as a duration.
  static func minutes(_ share: Double) -> String {
    let seconds = share * 365 * 86_400
    if seconds < 1 { return "less than a second" }
    if seconds < 90 { return "\(Int(seconds.rounded())) s" }
    if seconds < 5_400 { return "\(Int((seconds / 60).rounded())) min" }
    if seconds < 259_200 { return "\(Int((seconds / 3_600).rounded())) h" }
    return "\(Int((seconds / 86_400).rounded())) days"
  }
}

extension Improvement {
  fileprivate func lines(width: Int) -> [Line] {
    let gain = "\(kind.availabilityPhrase) \(AvailabilityTable.minutes(share)) a year longer with"
    let costs = losses.filter { -$0.share > AvailabilityTable.second }.map {
      "\($0.kind.availabilityPhrase) \(AvailabilityTable.minutes(-$0.share)) less"
    }
    return Line.commands(fix.commands, after: "  \(gain)", width: width)
      + (costs.isEmpty ? [] : [Line("    but \(costs.joined(separator: ", "))", .faint)])
  }

  fileprivate var json: JSON {
    [
      .kind: .string(kind.rawValue), .commands: .array(fix.commands.map { .string($0) }),
      .gain: .share(share),
      .losses: .object(losses.map { JSON.Member(named: $0.kind.rawValue, .share(-$0.share)) }),
    ]
  }
}

extension Availability {
  fileprivate var line: Line {
    let how = isExact ? "" : ", drawn, give or take \(AvailabilityTable.minutes(2 * error))"
    return Line("  \(Column.left(kind.rawValue, 8))") + Line(Column.percent(share), .accent)
      + Line("   \(AvailabilityTable.minutes(1 - share)) down in a year\(how)")
  }

  fileprivate var costsJSON: JSON {
    .object(costs.map { JSON.Member(named: $0.component.text, .share($0.share)) })
  }
}

extension RequestKind {
  /// The kind with its verb: `static is up`, `reads are up`.
  fileprivate var availabilityPhrase: String { "\(rawValue)\(self == .static ? " is" : "s are") up" }
}

extension JSON {
  static func share(_ share: Double) -> JSON { .billionths(Int64((share * 1e9).rounded())) }
}
