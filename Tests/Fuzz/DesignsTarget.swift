@testable import Course
@testable import Shell

/// Loads a design's file, tests it, shows it and saves it.
enum DesignsTarget {
  static func run(_ text: String) {
    let files = MemoryFiles()
    let fuzzed = Document(name: "fuzzed", text: text)
    var session = Bench.session(work: 60, designs: Bench.designs + [fuzzed])
    let loaded = session.checked("load fuzzed")
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
    if let message = loaded.failure?.message, message.hasPrefix("fuzzed:"),
      let line = Int(message.dropFirst(7).prefix { $0.isNumber })
    {
      promise((1...lines).contains(line), "line \(line) of \(lines): \(message)")
    }
    tryOut(session.limited(to: 60, checks: 3), lines)
    guard loaded.isOK else { return }
    SavedSite.check(session.limited(to: 60), files)
    session = session.limited(to: 6)
    for command in [
      "show", "describe", "show servers", "claims", "audit", "send 6 mix", "export svg a.svg",
    ] {
      _ = session.checked(command, from: files.person)
    }
  }

  private static func tryOut(_ session: Tutor, _ lines: Int) {
    let tested = DesignTest.test("fuzzed", file: "fuzzed.tripod", runner: session)
    for check in tested.checks {
      promise((1...lines).contains(check.place.line), "line \(check.place.line) of \(lines): \(check.name)")
    }
    var report = TestReport()
    report.designs = [tested]
    for format in ReportFormat.allCases {
      Text.promiseHarmless(lines: format.text(of: report), of: "the report as \(format)")
    }
  }
}
