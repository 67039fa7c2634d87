import Blueprint
import Inspector

/// The names of all members that `run(…).reply` can have. They are known before anything runs, so that a
/// misspelt name is reported early.
enum ReplyNames {
  static let members = Set(
    JSON.MemberName.allCases.map { $0.rawValue } + RequestKind.allCases.map { $0.rawValue }
      + Setting.Name.allCases.map { $0.rawValue })

  /// The fields that a list in a reply has.
  static let ofLists = ["count", "first", "last"]
}
