/// The results of running lessons and designs as tests.
public struct TestReport: Equatable, Sendable {
  public var lessons: [TestedFile] = []
  public var designs: [TestedFile] = []

  /// The reason why not all files were tested.
  public var stopReason: String?

  public init() {}

  public var files: [TestedFile] { lessons + designs }
  public var passed: Int { files.reduce(0) { $0 + $1.checks.count { $0.isOK && $0.skipped == nil } } }
  public var failed: Int { files.reduce(0) { $0 + $1.checks.count { !$0.isOK } } }
  public var isOK: Bool { failed == 0 && stopReason == nil }
  /// Whether a file is unreadable or has an unknown format.
  public var isUnreadable: Bool { files.contains { $0.isUnreadable } }
}

public struct TestedFile: Equatable, Sendable {
  public let id: String
  public let file: String
  public var checks: [TestCheck] = []
  public var isUnreadable = false

  public init(id: String, file: String) {
    // A name can contain a line break, which would look like another line of the report.
    self.id = id.cleaned(most: 4_096)
    self.file = file.cleaned(most: 4_096)
  }
}

/// A named check, and the position of its cause.
public struct TestCheck: Equatable, Sendable {
  /// `spof › write-spofs › wrong 2`
  public let name: String
  public let position: FilePosition
  /// The reasons why it failed, or an empty list.
  public let message: [String]
  /// The reason why it was skipped, which is not a failure.
  public let skipped: String?

  public var isOK: Bool { message.isEmpty }

  public init(_ name: String, at position: FilePosition, _ message: [String], skipped: String? = nil) {
    self.skipped = skipped
    self.name = name
    self.position = position
    self.message = message
  }
}
