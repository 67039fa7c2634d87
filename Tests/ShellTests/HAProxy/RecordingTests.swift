import Testing

@testable import Shell

@Suite struct RecordingTests {
  /// The recordings that Tripod cannot replay yet, with the reasons. A recording in this list that agrees is
  /// an error.
  static let notYet: [String: String] = [:]

  @Test(arguments: Recording.all) func `decides as HAProxy did`(_ recording: Recording) {
    if let reason = RecordingTests.notYet[recording.name] {
      withKnownIssue("\(reason)") { recording.play() }
    } else {
      recording.play()
    }
  }

  @Test func `every recording is played`() {
    #expect(Recording.all.count == 59)
    #expect(Recording.all.allSatisfy { $0.steps.count == $0.observed.count })
    #expect(Set(RecordingTests.notYet.keys).isSubset(of: Recording.all.map(\.name)))
  }
}
