import Inspector

extension [Evidence] {
  /// The observations. If a few different runs end with the same command, each observation is labelled with
  /// the commands by which its run differs from the others.
  var labelledObservations: [String] {
    let observations = map { $0.observation }
    let runs = map { $0.commands.count == 1 ? Self.commands(in: $0.commands[0]) : [] }
    guard 2...4 ~= count, Set(observations).count == count, Set(runs).count == count,
      Set(runs.map { $0.last ?? "" }).count == 1, let first = runs.first, !first.isEmpty
    else { return observations }
    let shortest = runs.reduce(first.count) { Swift.min($0, $1.count) }
    let before = (0..<shortest).first { i in runs.contains { $0[i] != first[i] } } ?? shortest
    let after =
      (0..<shortest - before).first { i in
        runs.contains { $0[$0.count - 1 - i] != first[first.count - 1 - i] }
      } ?? shortest - before
    return zip(runs, observations).map { run, observation in
      let difference = run[before..<run.count - after].joined(separator: "; ")
      return difference.isEmpty ? "as it is: \(observation)" : "after `\(difference)`: \(observation)"
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
