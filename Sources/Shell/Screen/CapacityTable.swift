import Blueprint
import Simulator

extension Session {
  /// As the site stands, and after the loss of each of its servers: for as many as fit a screen.
  func capacity(of kind: RequestKind) -> Answer {
    let simulation = scene.simulation
    let whole = simulation.capacity(of: kind, world.goOn)
    let hosts = simulation.topology.hosts.filter { !$0.isBalancer }.prefix(16).map { $0.name }
    let losses = hosts.map { name -> (name: String, left: Capacity?) in
      var copy = simulation
      guard (try? copy.perform(.break(.part(Address(name)), nil))) != nil,
        (try? copy.perform(.wait(.seconds(60)), goOn: world.goOn)) != nil
      else { return (name, whole) }
      return (name, copy.capacity(of: kind, world.goOn))
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
