import Inspector
import Shell

/// The lists that `tripod designs` and `tripod lessons` print.
enum ContentsList {
  /// The name of each built-in design, with the summary from its first comment.
  static var designLines: [Line] {
    let width = designs.map(\.name.count).max() ?? 0
    return designs.map { Line($0.name.padded(to: width + 2), .accent) + Line($0.summary) }
  }

  static var designsJSON: String {
    let list = designs.map {
      JSON.object([JSON.Member(.name, .string($0.name)), JSON.Member(.summary, .string($0.summary))])
    }
    return JSON.object([
      JSON.Member(.schema, .integer(1)), JSON.Member(.command, .string("designs")),
      JSON.Member(.verb, .string("designs")),
      JSON.Member(.ok, .flag(true)), JSON.Member(.timeMs, .thousandths(0)), JSON.Member(.events, .array([])),
      JSON.Member(.designs, .array(list)),
    ]).text
  }

  /// Returns the shell's reply to `lessons`, with the lessons of a given folder and the person's progress.
  static func lessons(_ arguments: ProgramArguments) throws(LessonCollection.LoadError) -> Reply {
    let collection = try LessonCollection(arguments)
    var tutor = Tutor(designs: collection.designs, lessons: collection.lessons)
    let access = FileAccess(RunLimits(limit: arguments.limit, signals: nil), recordingIn: nil)
    return tutor.obey("lessons", from: .person(access))
  }
}
