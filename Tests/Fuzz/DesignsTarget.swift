@testable import Course
@testable import Shell

/// Loads a design's file, tests it, shows it and saves it.
enum DesignsTarget {
  static func run(_ text: String) {
    let files = MemoryFiles()
    let fuzzed = Document(name: "fuzzed", text: text)
    var session = FuzzSessions.session(work: 60, designs: FuzzSessions.designs + [fuzzed])
    let loaded = session.checked("load fuzzed")
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
    if let message = loaded.failure?.message, message.hasPrefix("fuzzed:"),
      let line = Int(message.dropFirst(7).prefix { $0.isNumber })
    {
      require((1...lines).contains(line), "line \(line) of \(lines): \(message)")
    }
    tryOut(session.withWorkLimit(to: 60, checks: 3), lines)
    guard loaded.isOK else { return }
    SavedSite.check(session.withWorkLimit(to: 60), files)
    session = session.withWorkLimit(to: 6)
    for command in [
      "show", "describe", "show servers", "claims", "audit", "send 6 mix", "export svg a.svg",
    ] {
      _ = session.checked(command, from: files.userOrigin)
    }
  }

  private static func tryOut(_ session: Tutor, _ lines: Int) {
    let tested = DesignTest.test("fuzzed", file: "fuzzed.tripod", runner: session)
    for check in tested.checks {
      require(
        (1...lines).contains(check.position.line), "line \(check.position.line) of \(lines): \(check.name)")
    }
    var report = TestReport()
    report.designs = [tested]
    for format in ReportFormat.allCases {
      Text.requirePrintable(lines: format.text(of: report), of: "the report as \(format)")
    }
  }
}
