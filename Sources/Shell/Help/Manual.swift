/// The commands as entries of a manual: what to type, and what each command does.
public struct Manual: Sendable {
  public struct ManualEntry: Equatable, Sendable {
    public let name: String
    public let usage: String
    public let summary: String
  }

  /// The commands, grouped by purpose.
  public static let chapters: [(title: String, entries: [ManualEntry])] = Command.CommandGroup.allCases.map {
    group in
    let commands = Command.all.filter { $0.group == group }
    return (group.title, commands.map { ManualEntry(name: $0.name, usage: $0.usage, summary: $0.summary) })
  }
}
