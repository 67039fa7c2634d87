import Blueprint
import Facts
import Inspector
import Simulator

/// A comparison of two designs, side by side.
struct DesignComparison {
  let names: [String]
  let a: [DesignTrait]
  let b: [DesignTrait]

  var answer: CommandResponse {
    let width = max(18, names[0].count + 2, names[1].count + 2)
    var lines = [Line("  \(Column.left("", 22))\(Column.left(names[0], width))\(names[1])", .faint)]
    for (one, other) in zip(a, b) {
      let isSame = one.text == other.text
      let row =
        "\(isSame ? "  " : "* ")\(Column.left(one.name, 22))\(Column.left(one.text, width))\(other.text)"
      lines.append(Line(row, isSame ? .faint : .plain))
    }
    lines.append(Line("  * differs", .faint))
    return CommandResponse(
      lines,
      [
        JSON.Member(.designs, .array(names.map { .string($0) })),
        JSON.Member(
          .rows,
          .array(
            zip(a, b).map { one, other in
              [
                .name: .string(one.name), .values: .array([one.json, other.json]),
                .differs: .flag(one.text != other.text),
              ]
            })),
      ])
  }
}

/// One trait by which designs are compared.
struct DesignTrait {
  let name: String
  let text: String
  let json: JSON

  /// Returns all traits of a site, measured on copies.
  static func all(of site: Simulation, _ shouldContinue: @escaping Simulation.ContinueCheck) throws(Complaint)
    -> [DesignTrait]
  {
    try counts(of: site, shouldContinue) + latencies(of: site, shouldContinue)
      + availabilities(of: site, shouldContinue)
  }

  private static func counts(of site: Simulation, _ shouldContinue: @escaping Simulation.ContinueCheck)
    throws(Complaint)
    -> [DesignTrait]
  {
    let report: SpofReport
    do {
      report = try SpofSearch().report(on: site, shouldContinue: shouldContinue)
    } catch {
      throw error == .interrupted ? .timeLimit : .problem(error, nil)
    }
    let hosts = site.topology.hosts.count
    let findings = site.audit(shouldContinue: shouldContinue)
    let spofs = RequestKind.allCases.map { kind in
      let names = report.targets(stopping: kind)
      let fails = report.failing.contains { $0.kind == kind }
      return DesignTrait(
        name: "SPOFs, \(kind.rawValue)", text: fails ? "it fails already" : "\(names.count)",
        json: fails ? .null : .array(names.map { .string($0) }))
    }
    return [DesignTrait(name: "hosts", text: "\(hosts)", json: .integer(hosts))] + spofs + [
      DesignTrait(name: "findings", text: "\(findings.count)", json: .array(findings.map { .string($0.id) }))
    ]
  }

  /// Returns the latency of a single read, and that of reads at 100 per second.
  private static func latencies(of site: Simulation, _ shouldContinue: @escaping Simulation.ContinueCheck)
    throws(Complaint)
    -> [DesignTrait]
  {
    [(200, nil), (2_000, Int64(100_000_000))].map { count, rate in
      var copy = site
      var sending = SendOptions(count: count, mix: .only(.read))
      sending.rate = rate
      let latency = (try? copy.perform(.send(sending), shouldContinue: shouldContinue))?.traffic?.latency
      return DesignTrait(
        name: rate == nil ? "a read, p99" : "at 100/s, p99", text: latency?.p99.words ?? "none",
        json: latency.map { .milliseconds($0.p99) } ?? .null)
    }
  }

  private static func availabilities(
    of site: Simulation, _ shouldContinue: @escaping Simulation.ContinueCheck
  ) throws(Complaint)
    -> [DesignTrait]
  {
    var traits: [DesignTrait] = []
    for kind in RequestKind.allCases {
      let name = "up, \(kind.rawValue)"
      do throws(Problem) {
        let share = try AvailabilityStudy().availability(of: kind, on: site, shouldContinue: shouldContinue)
          .share
        traits.append(DesignTrait(name: name, text: Column.percent(share), json: .share(share)))
      } catch {
        guard case .tooMany = error else { throw Complaint(error) }
        traits.append(DesignTrait(name: name, text: "too large", json: .null))
      }
    }
    return traits
  }
}
