import Blueprint
import Simulator

/// A picture of the database nodes: what each has applied and received, and what it replicates from.
extension [DatabaseReport] {
  private static var mostNodes: Int { 20 }

  func drawn(width: Int) -> [Line] {
    let shown = prefix(Self.mostNodes)
    let names = shown.reduce(0) { Swift.max($0, Swift.min($1.name.count, 20)) }
    let most = shown.reduce(1) { Swift.max($0, $1.position, $1.received) }
    let digits = "\(most)".count
    let room = Swift.max(6, Swift.min(40, width - names - digits - 54))
    let isNarrow = width < 72
    let lines = shown.flatMap { node in
      let role = Line(node.roleText, node.isBad ? .failed : .good)
      return [
        Line("  ") + Line(Column.left(node.name, names)).cut(to: names)
          + Line("  \(Column.left(node.role.rawValue, 8)) ", node.isBad ? .failed : .plain)
          + Line(Column.left(node.bar(of: most, room), room))
          + Line(
            " \(Column.right("\(node.position)", digits)) \(Column.left(node.position == 1 ? "write" : "writes", 6))"
          )
          + (isNarrow ? Line() : Line("  ") + role)
      ] + (isNarrow ? [Line("    ") + role] : [])
        + (node.statusText.map { [Line("    \($0)", .faint)] } ?? [])
    }
    return lines + (count > shown.count ? [Line("  and \(count - shown.count) more nodes", .faint)] : [])
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

  /// What the node does, or why it does not.
  var roleText: String {
    guard isUp else { return "✗ does not answer" }
    switch role {
    case .replica:
      guard isConnected, let source else { return "✗ reaches no primary" }
      return "◀ \(source)\(behind.map { ", \($0) behind" } ?? "")"
    case .diverged: return "✗ replicates from no node: rebuild \(name)"
    case .primary: return isCutOff ? "✗ is cut off" : "accepts writes"
    }
  }

  /// The lag of a replica, and its status in MySQL's words.
  fileprivate var statusText: String? {
    guard isUp, role == .replica else { return nil }
    let seconds = secondsBehind.map { "\($0)" } ?? "NULL"
    return "lag \(lag.roundWords); IO thread: \(io.rawValue); seconds behind source: \(seconds)"
  }
}
