/// All commands, in the order in which `help` lists them.
extension Command {
  static let all: [Command] = {
    var all = LookCommands.table
    for group in [
      MonitoringCommands.table, BuildCommands.table, RequestCommands.table, FaultCommands.table,
      TimeCommands.table, FogCommands.table, AttackCommands.table, TrialCommands.table,
      AnalysisCommands.table, UndoCommands.table, CourseCommands.table, LessonCommands.table,
      ExportCommand.table, HelpCommands.table, GeneralCommands.table,
    ] { all += group }
    return all
  }()
}
