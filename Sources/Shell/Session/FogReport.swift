import Blueprint
import Inspector
import Simulator

extension LoadedSite {
  /// A report of the faults that the fog hid, whether they have been repaired, and how many repairs were
  /// needless.
  var revealedLines: [Line] {
    guard let fog else { return [] }
    let now = simulation.faults
    var lines = [Line("The fog has lifted.")]
    for fault in fog.hidden {
      let repairNote = now.contains(fault) ? "" : "; it has been mended"
      lines.append(
        Line("  \(fault.sentence)\(repairNote)", repairNote.isEmpty ? .failed : .plain))
    }
    if fog.hidden.isEmpty { lines.append(Line("  it hid nothing that was broken")) }
    for fault in now where !fog.hidden.contains(fault) {
      lines.append(
        Line("  \(fault.sentence), since \(fault.since.clock)", .failed))
    }
    if fog.repairs > 0 {
      let times = fog.repairs == 1 ? "once" : "\(fog.repairs) times"
      let needlessNote =
        fog.needlessRepairs == 0
        ? "" : ", \(fog.needlessRepairs == fog.repairs ? "" : "\(fog.needlessRepairs) of them ")for nothing"
      lines.append(Line("  somebody was sent to repair \(times)\(needlessNote)"))
    }
    return lines
  }

  var hiddenMembers: [JSON.Member] {
    guard let fog else { return [] }
    let hidden = fog.hidden.map { fault in
      JSON.object([
        JSON.Member(.component, .string(fault.target.text)),
        JSON.Member(.fault, .string(fault.fault.command)),
        JSON.Member(.sinceMs, .milliseconds(fault.since)),
        JSON.Member(.mended, .flag(!simulation.faults.contains(fault))),
      ])
    }
    return [
      JSON.Member(.hidden, .array(hidden)), JSON.Member(.repairs, .integer(fog.repairs)),
      JSON.Member(.repairsForNothing, .integer(fog.needlessRepairs)),
    ]
  }
}
