import Blueprint
import Simulator

/// A picture of the database nodes: what each has applied and received, and what it replicates from.
extension [DatabaseReport] {
  private static var mostNodes: Int { 20 }

  func drawn(width: Int) -> [Line] {
    let shown = prefix(Self.mostNodes)
    let names = shown.reduce(0) { Swift.max($0, Swift.min($1.name.count, 20)) }
    let most = shown.reduce(1) { Swift.max($0, $1.position, $1.received) }
    let room = Swift.max(6, Swift.min(24, width - names - 54))
    let digits = "\(most)".count
    let lines = shown.map { node in
      Line("  ") + Line(Column.left(node.name, names)).cut(to: names)
        + Line("  \(Column.left(node.role.rawValue, 8)) ", node.isBad ? .failed : .plain)
        + Line(Column.left(node.bar(of: most, room), room), .accent)
        + Line(
          " \(Column.right("\(node.position)", digits)) \(Column.left(node.position == 1 ? "write" : "writes", 6))"
        )
        + Line("  \(node.roleText)", node.isBad ? .failed : .plain)
    }
    return lines + (count > shown.count ? [Line("  and \(count - shown.count) nodes more", .faint)] : [])
  }
}

extension DatabaseReport {
  fileprivate var isBad: Bool { !isUp || role == .diverged || (role == .replica ? !isConnected : isCutOff) }

  /// Returns a bar in which the applied part is solid and the part received but not yet applied is dotted.
  fileprivate func bar(of most: Int, _ room: Int) -> String {
    let applied = position * room / most
    let behind = max(0, received - position) * room / most
    return String(repeating: "█", count: applied)
      + String(repeating: "·", count: min(room - applied, received > position ? max(1, behind) : 0))
  }

  /// The role of the node, which node it replicates from, and its lag.
  var roleText: String {
    guard isUp else { return "✗ does not answer" }
    switch role {
    case .replica:
      let seconds = secondsBehind.map { "\($0)" } ?? "NULL"
      let link =
        isConnected
        ? "◀ \(source ?? "nobody"), \(behind ?? 0) behind, lag \(lag.roundWords)" : "✗ hears no primary"
      return "\(link); io \(io.rawValue), seconds behind \(seconds)"
    case .diverged: return "✗ follows nobody: rebuild \(name)"
    case .primary: return isCutOff ? "✗ is cut off" : "takes the writes"
    }
  }
}
