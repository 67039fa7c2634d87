/// What running lessons and designs as tests brought.
public struct TestReport: Equatable, Sendable {
  public var lessons: [TestedFile] = []
  public var designs: [TestedFile] = []

  /// Why it ends here, where more was to be tested.
  public var cutShort: String?

  public init() {}

  public var files: [TestedFile] { lessons + designs }
  public var passed: Int { files.reduce(0) { $0 + $1.checks.count { $0.isOK && $0.skipped == nil } } }
  public var failed: Int { files.reduce(0) { $0 + $1.checks.count { !$0.isOK } } }
  public var isOK: Bool { failed == 0 && cutShort == nil }
  /// Whether a file has a format that this version does not know.
  public var isUnreadable: Bool { files.contains { $0.isUnreadable } }
}

public struct TestedFile: Equatable, Sendable {
  public let id: String
  public let file: String
  public var checks: [TestCheck] = []
  public var isUnreadable = false

  public init(id: String, file: String) {
    // A name may hold the end of a line, and what follows would look like another line of the report.
    self.id = id.cleaned(most: 4_096)
    self.file = file.cleaned(most: 4_096)
  }
}

/// One named check, and where its cause stands.
public struct TestCheck: Equatable, Sendable {
  /// `spof › write-spofs › wrong 2`
  public let name: String
  public let place: Place
  /// Why it failed, in lines; empty where it passed.
  public let message: [String]
  /// Why it could not be done, which is neither good nor bad.
  public let skipped: String?

  public var isOK: Bool { message.isEmpty }

  public init(_ name: String, at place: Place, _ message: [String], skipped: String? = nil) {
    self.skipped = skipped
    self.name = name
    self.place = place
    self.message = message
  }
}
