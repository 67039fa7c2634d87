import Foundation
import Testing

/// What was accepted, when the disk fails or the power is cut; `.ci/faults` knows how, and has more of it.
@Suite struct FaultTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../.ci/faults").standardizedFileURL.path

  private static var canRun: Bool {
    ["/usr/bin/python3", "/usr/bin/cc"].allSatisfy(FileManager.default.isExecutableFile)
  }

  @Test(.enabled(if: canRun), arguments: ["left", "save"])
  func `a disk that fails takes nothing that was accepted`(_ scenario: String) throws {
    let outcome = try FrontDoor().run("TRIPOD=\"$PROGRAM\" '\(FaultTests.script)' \(scenario)")
    #expect(outcome.status == 0, "\(outcome.out)\(outcome.err)")
    #expect(outcome.out.contains("faults: 1 of 1 scenarios lose nothing"))
  }
}
