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
    let costly = availabilities.filter { !$0.costs.isEmpty }
    if !costly.isEmpty { lines += [Line(), Line("  Downtime per year, by cause")] }
    for one in costly {
      let most = one.costs.prefix(3).map { "\($0.component.text) \(AvailabilityTable.minutes($0.share))" }
      lines.append(Line("  \(Column.left(one.kind.rawValue, 8))\(most.joined(separator: ", "))"))
    }
    let improvements = improvementsWithoutRepeats
    if !improvements.isEmpty { lines += [Line(), Line("  Fixes")] }
    for (i, one) in improvements.enumerated() { lines += one.lines(number: i + 1, width: width) }
    lines += [Line(), Line("  \(assumptions)\(origin)", .faint)]
    return CommandResponse(lines, members)
  }

  /// The best two improvements by settings and the best two by a second host. A fix with several gains is
  /// listed once, with its largest gain.
  private var improvementsWithoutRepeats: [Improvement] {
    var known: Set<String> = []
    return (settings.prefix(2) + seconds.prefix(2)).filter { known.insert($0.fix.text).inserted }
  }

  private var assumptions: String {
    let what = study.includesOnlyHosts ? "whole hosts" : "hosts and components"
    let isGuarded = site.topology.hosts.contains { $0.firewall != nil || $0.tls != nil }
    return "Assumed: \(what) fail independently, as often as `show site` says. "
      + (isGuarded ? "Firewalls and certificates never fail. " : "")
      + (site.faults.isEmpty ? "" : "What has failed now stays failed. ")
  }

  private var seed: UInt64 { site.topology.site.seed }

  /// A sentence on how the shares were found, and whether the random simulation agrees.
  private var origin: String {
    let refuted = availabilities.filter { $0.agrees == false }.map { $0.kind.rawValue }
    if !refuted.isEmpty {
      return "A random simulation (seed \(seed)) disagrees for \(Sentences.listed(refuted)); "
        + "its result is shown."
    }
    let drawn = availabilities.filter { !$0.isExact }.map { $0.kind.rawValue }
    if !drawn.isEmpty {
      return "There are too many ways to fail to compute \(Sentences.listed(drawn)): "
        + "the result of a random simulation (seed \(seed)) is shown."
    }
    let isCompared = availabilities.allSatisfy { $0.agrees == true }
    return isCompared
      ? "A random simulation (seed \(seed)) agrees." : "Nothing fails, so nothing was simulated."
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
  fileprivate func lines(number: Int, width: Int) -> [Line] {
    let gain = "\(kind.plural) available \(AvailabilityTable.minutes(share)) more per year"
    let costs = losses.filter { -$0.share > AvailabilityTable.second }.map {
      "\($0.kind.plural) \(AvailabilityTable.minutes(-$0.share)) less"
    }
    return [Line("  \(number)  \(gain)\(costs.isEmpty ? "" : " (\(costs.joined(separator: ", ")))")")]
      + Line.commands(fix.commands, after: "    ", width: width)
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
    let how = isExact ? "" : ", simulated, give or take \(AvailabilityTable.minutes(2 * error))"
    return Line("  \(Column.left(kind.rawValue, 8))") + Line(Column.percent(share))
      + Line("   \(AvailabilityTable.minutes(1 - share)) down per year\(how)")
  }

  fileprivate var costsJSON: JSON {
    .object(costs.map { JSON.Member(named: $0.component.text, .share($0.share)) })
  }
}

extension RequestKind {
  /// The requests of this kind: `static files`, `reads`.
  fileprivate var plural: String { self == .static ? "static files" : "\(rawValue)s" }
}

extension JSON {
  static func share(_ share: Double) -> JSON { .billionths(Int64((share * 1e9).rounded())) }
}
