import Blueprint
import Inspector

/// The names that `run(…).reply` can navigate by. Facts know them before anything runs, so that a slip is found early.
enum ReplyNames {
  static let members = Set(
    JSON.MemberName.allCases.map { $0.rawValue } + RequestKind.allCases.map { $0.rawValue }
      + Setting.Name.allCases.map { $0.rawValue })

  /// The fields of a list in a reply.
  static let ofLists = ["count", "first", "last"]
}
