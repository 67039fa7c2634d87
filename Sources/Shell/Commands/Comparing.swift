import Blueprint
import Facts
import Inspector
import Simulator

extension Session {
  /// Compares two designs, each built from scratch.
  func compare(_ designs: [FoundDesign]) throws(Complaint) -> Answer {
    guard designs.count == 2 else { return Answer() }
    let names = designs.map { $0.document.name }
    let a = try traits(of: designs[0])
    let b = try traits(of: designs[1])
    let width = max(18, names[0].count + 2, names[1].count + 2)
    var lines = [Line("  \(Column.left("", 22))\(Column.left(names[0], width))\(names[1])", .faint)]
    for (one, other) in zip(a, b) {
      let isSame = one.text == other.text
      let row =
        "\(isSame ? "  " : "* ")\(Column.left(one.name, 22))\(Column.left(one.text, width))\(other.text)"
      lines.append(Line(row, isSame ? .faint : .plain))
    }
    lines.append(Line("  * differs", .faint))
    return Answer(
      lines,
      [
        JSON.Member("designs", .array(names.map { .string($0) })),
        JSON.Member(
          "rows",
          .array(
            zip(a, b).map { one, other in
              .object([
                JSON.Member("name", .string(one.name)),
                JSON.Member("values", .array([one.json, other.json])),
                JSON.Member("differs", .flag(one.text != other.text)),
              ])
            })),
      ])
  }

  private struct Trait {
    let name: String
    let text: String
    let json: JSON
  }

  private func traits(of design: FoundDesign) throws(Complaint) -> [Trait] {
    let site = try build(design).simulation
    return try countTraits(of: site) + loadTraits(of: site) + upTraits(of: site)
  }

  private func countTraits(of site: Simulation) throws(Complaint) -> [Trait] {
    let report: SpofReport
    do {
      report = try SpofSearch().report(on: site, goOn: goOn)
    } catch {
      throw error == .interrupted ? .timeLimit : .problem(error, nil)
    }
    let hosts = site.topology.hosts.count
    let findings = site.audit(goOn: goOn)
    let spofs = RequestKind.allCases.map { kind in
      let names = report.parts(stopping: kind, on: site.topology)
      let fails = report.failing.contains { $0.kind == kind }
      return Trait(
        name: "SPOFs, \(kind.rawValue)", text: fails ? "it fails already" : "\(names.count)",
        json: fails ? .null : .array(names.map { .string($0) }))
    }
    return [Trait(name: "hosts", text: "\(hosts)", json: .integer(hosts))] + spofs + [
      Trait(name: "findings", text: "\(findings.count)", json: .array(findings.map { .string($0.id) }))
    ]
  }

  /// How long a read takes when nobody else asks, and at a hundred a second.
  private func loadTraits(of site: Simulation) throws(Complaint) -> [Trait] {
    [(200, nil), (2_000, Int64(100_000_000))].map { count, rate in
      var copy = site
      var sending = Sending(count: count, mix: .only(.read))
      sending.rate = rate
      let latency = (try? copy.perform(.send(sending), goOn: goOn))?.traffic?.latency
      return Trait(
        name: rate == nil ? "a read, p99" : "at 100/s, p99", text: latency?.p99.words ?? "none",
        json: latency.map { .milliseconds($0.p99) } ?? .null)
    }
  }

  private func upTraits(of site: Simulation) throws(Complaint) -> [Trait] {
    var traits: [Trait] = []
    for kind in RequestKind.allCases {
      let name = "up, \(kind.rawValue)"
      do {
        let share = try availability(of: kind, AvailabilityStudy(), on: site).share
        traits.append(Trait(name: name, text: Column.percent(share), json: .share(share)))
      } catch {
        guard case .problem(.tooMany, _) = error else { throw error }
        traits.append(Trait(name: name, text: "too large", json: .null))
      }
    }
    return traits
  }
}
