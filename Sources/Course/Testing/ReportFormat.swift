import Blueprint
import Inspector

/// The format of a test report.
public enum ReportFormat: String, CaseIterable, Sendable {
  case text, tap, junit, json

  public func text(of report: TestReport) -> String {
    switch self {
    case .text: report.plainText
    case .tap: report.tap
    case .junit: report.junit
    case .json: report.json.text + "\n"
    }
  }
}

extension TestReport {
  private var count: Int { files.reduce(0) { $0 + $1.checks.count } }

  /// Text for people: each failure in full, and one line for each file.
  fileprivate var plainText: String {
    var text = ""
    for file in files {
      for check in file.checks where !check.isOK {
        text += "\(file.file):\(check.position.text): \(check.name)\n"
        text += check.message.map { "  \($0)\n" }.joined()
      }
      let failed = file.checks.filter { !$0.isOK }.count
      text +=
        "\(failed == 0 ? "ok    " : "FAILED")  \(file.id.isEmpty ? file.file : file.id)  \(file.checks.count) checks"
      text += failed == 0 ? "\n" : ", \(failed) failed\n"
    }
    return text + "\(passed) passed, \(failed) failed\(stopReason.map { "; \($0)" } ?? "")\n"
  }

  /// Test Anything Protocol, version 13.
  fileprivate var tap: String {
    var text = "TAP version 13\n1..\(count)\n"
    var number = 0
    for file in files {
      for check in file.checks {
        number += 1
        // A `#` would begin a directive.
        let name = String(check.name.map { $0 == "#" ? "♯" : $0 })
        let skipped = check.skipped.map { " # SKIP \($0)" } ?? ""
        text += "\(check.isOK ? "ok" : "not ok") \(number) - \(name)\(skipped)\n"
        guard !check.isOK else { continue }
        text += "  ---\n  at: \(JSON.string("\(file.file):\(check.position.text)").text)\n  message: |\n"
        text += check.message.map { "    \($0)\n" }.joined() + "  ...\n"
      }
    }
    if let stopReason { text += "Bail out! \(stopReason)\n" }
    return text
  }

  fileprivate var junit: String {
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites tests=\"\(count)\" failures=\"\(failed)\">\n"
    for file in files {
      let failures = file.checks.filter { !$0.isOK }.count
      text +=
        "  <testsuite name=\"\(XML.escaped(file.id))\" tests=\"\(file.checks.count)\" failures=\"\(failures)\">\n"
      for check in file.checks {
        let head = "    <testcase classname=\"\(XML.escaped(file.id))\" name=\"\(XML.escaped(check.name))\""
        guard !check.isOK else {
          let skipped = check.skipped.map { "><skipped message=\"\(XML.escaped($0))\"/></testcase>\n" }
          text += head + (skipped ?? "/>\n")
          continue
        }
        let position = "\(file.file):\(check.position.text)"
        text += "\(head) file=\"\(XML.escaped(file.file))\" line=\"\(check.position.line)\">\n"
        text += "      <failure message=\"\(XML.escaped(check.message.first ?? ""))\">"
        text += XML.escaped(([position] + check.message).joined(separator: "\n"))
        text += "</failure>\n    </testcase>\n"
      }
      text += "  </testsuite>\n"
    }
    if let stopReason {
      text += "  <testsuite name=\"the whole\" tests=\"1\" errors=\"1\">\n    <testcase name=\"is done\">"
      text += "<error message=\"\(XML.escaped(stopReason))\"/></testcase>\n  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  public var json: JSON {
    .object([
      JSON.Member(.schema, .integer(1)), JSON.Member(.command, .string("test")),
      JSON.Member(.verb, .string("test")), JSON.Member(.ok, .flag(isOK)),
      JSON.Member(.timeMs, .thousandths(0)), JSON.Member(.events, .array([])),
      JSON.Member(.lessons, .array(lessons.map { $0.json })),
      JSON.Member(.designs, .array(designs.map { $0.json })), JSON.Member(named: "passed", .integer(passed)),
      JSON.Member(.failed, .integer(failed)), JSON.Member(named: "complete", .flag(stopReason == nil)),
    ])
  }
}

extension TestedFile {
  fileprivate var json: JSON {
    let checks = checks.map { check in
      JSON.object([
        JSON.Member(.name, .string(check.name)), JSON.Member(.ok, .flag(check.isOK)),
        JSON.Member(.file, .string(file)), JSON.Member(named: "line", .integer(check.position.line)),
        JSON.Member(.message, check.isOK ? .null : .string(check.message.joined(separator: "\n"))),
      ])
    }
    return [.id: .string(id), .file: .string(file), .checks: .array(checks)]
  }
}
