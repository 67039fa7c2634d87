import Blueprint
import Inspector

extension [Evidence] {
  /// The observations. If a few different runs end with the same command, the observations of each run are
  /// joined, after the commands by which the run differs from the others.
  var labelledObservations: [String] {
    var runs: [(commands: [String], observations: [String])] = []
    for evidence in self {
      let commands = evidence.commands.count == 1 ? Self.commands(in: evidence.commands[0]) : []
      if let known = runs.firstIndex(where: { $0.commands == commands }) {
        runs[known].observations.append(evidence.observation)
      } else {
        runs.append((commands, [evidence.observation]))
      }
    }
    let commands = runs.map { $0.commands }
    guard 2...4 ~= runs.count, Set(commands.map { $0.last ?? "" }).count == 1, let first = commands.first,
      !first.isEmpty, Set(runs.map { $0.observations.last ?? "" }).count == runs.count
    else { return map { $0.observation } }
    let shortest = commands.reduce(first.count) { Swift.min($0, $1.count) }
    let before = (0..<shortest).first { i in commands.contains { $0[i] != first[i] } } ?? shortest
    let after =
      (0..<shortest - before).first { i in
        commands.contains { $0[$0.count - 1 - i] != first[first.count - 1 - i] }
      } ?? shortest - before
    return runs.map { run in
      let difference = run.commands[before..<run.commands.count - after].joined(separator: "; ")
      let observations = run.observations.joined(separator: ", ")
      return difference.isEmpty ? "as it is: \(observations)" : "after `\(difference)`: \(observations)"
    }
  }

  private static func commands(in line: String) -> [String] {
    let trial = "whatif "
    let commands = line.hasPrefix(trial) ? line.dropFirst(trial.count) : line[...]
    var parts: [String] = []
    for part in commands.split(separator: ";") { parts.append(String(part.drop { $0 == " " })) }
    return parts
  }
}
