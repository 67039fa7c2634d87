import Inspector
import Shell

extension Program {
  /// What `tripod designs` says: each name, and what the design says of itself in its first comment.
  static var designsTable: [String] {
    let width = designs.map(\.name.count).max() ?? 0
    return designs.map { "\($0.name.padded(to: width + 2))\($0.summary)" }
  }

  static var designsObject: String {
    let list = designs.map {
      JSON.object([.init("name", .string($0.name)), .init("summary", .string($0.summary))])
    }
    return JSON.object([
      .init("schema", .integer(1)), .init("command", .string("designs")), .init("verb", .string("designs")),
      .init("ok", .flag(true)), .init("time_ms", .thousandths(0)), .init("events", .array([])),
      .init("designs", .array(list)),
    ]).text
  }
}
