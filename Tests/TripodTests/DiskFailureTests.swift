import Foundation
import Testing

/// Accepted work survives a failing disk and a power cut. The script `.ci/faults` runs these tests. It has
/// more scenarios.
@Suite struct DiskFailureTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../.ci/faults").standardizedFileURL.path

  private static var canRun: Bool {
    ["/usr/bin/python3", "/usr/bin/cc"].allSatisfy(FileManager.default.isExecutableFile)
  }

  @Test(.enabled(if: canRun), arguments: ["left", "save"])
  func `a failing disk loses nothing that was accepted`(_ scenario: String) throws {
    let outcome = try BuiltProgram().run("TRIPOD=\"$PROGRAM\" '\(DiskFailureTests.script)' \(scenario)")
    #expect(outcome.status == 0, "\(outcome.out)\(outcome.err)")
    #expect(outcome.out.contains("passed: 1 of 1 scenarios lost nothing"))
  }
}
