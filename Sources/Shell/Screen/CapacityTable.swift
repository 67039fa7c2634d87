import Blueprint
import Inspector
import Simulator

/// The rate that a site can bear, now and after the loss of each of its servers: of as many as fit a screen.
struct CapacityTable {
  let simulation: Simulation
  let goOn: Simulation.GoOn

  func answer(for kind: RequestKind) throws(Complaint) -> Answer {
    let whole = try capacity(of: kind, on: simulation)
    let hosts = simulation.topology.hosts.filter { !$0.isBalancer }.prefix(16).map { $0.name }
    var losses: [(name: String, left: Capacity?)] = []
    for (i, name) in hosts.enumerated() {
      guard goOn(Double(i) / Double(hosts.count)) else { throw .timeLimit }
      losses.append((name, try capacity(of: kind, without: name, whole: whole)))
    }
    let width = max(16, (losses.map { $0.name.count + 8 }.max() ?? 0))
    var lines = [
      Line("  \(Column.left("as it stands", width)) \(whole.words)", whole == nil ? .failed : .plain)
    ]
    lines += losses.map { loss in
      Line(
        "  \(Column.left("without \(loss.name)", width)) \(loss.left.words)",
        loss.left == nil ? .failed : .plain)
    }
    let json = losses.map { JSON.object([JSON.Member("component", .string($0.name)), $0.left.member]) }
    return Answer(
      lines,
      [JSON.Member("kind", .string(kind.rawValue)), whole.member, JSON.Member("after_loss", .array(json))])
  }

  private func capacity(of kind: RequestKind, on site: Simulation) throws(Complaint) -> Capacity? {
    do { return try site.capacity(of: kind, goOn) } catch { throw Complaint(error) }
  }

  /// The capacity a minute after the loss of a host. If the host cannot be lost, nothing changes.
  private func capacity(
    of kind: RequestKind, without name: String, whole: Capacity?
  ) throws(Complaint) -> Capacity? {
    var copy = simulation
    do {
      _ = try copy.perform(.break(.part(Address(name)), nil))
      _ = try copy.perform(.wait(.seconds(60)), goOn: goOn)
    } catch {
      guard error == .interrupted else { return whole }
      throw .timeLimit
    }
    return try capacity(of: kind, on: copy)
  }
}

extension Capacity? {
  fileprivate var words: String {
    guard let self else { return "     0 /s  not all such requests are answered" }
    guard let rate = self.thousandths else { return "  no limit: nothing takes time" }
    return "\(Column.right("\(rate / 1_000)", 6)) /s  limited by \(self.limit?.text ?? "nothing")"
  }

  fileprivate var member: JSON.Member {
    JSON.Member(
      "capacity",
      .object([
        JSON.Member(
          "rate", self == nil ? .thousandths(0) : self?.thousandths.map { .thousandths($0) } ?? .null),
        JSON.Member("limit", self?.limit.map { .string($0.text) } ?? .null),
      ]))
  }
}
