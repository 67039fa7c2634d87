import Testing

@testable import Shell

@Suite struct RecordingTests {
  /// The recordings that Tripod cannot replay yet, with the reasons. A recording in this list that agrees is
  /// an error.
  static let unsupported: [String: String] = [:]

  @Test(arguments: Recording.all) func `the balancer decides as in the recording of HAProxy`(
    _ recording: Recording
  ) {
    if let reason = RecordingTests.unsupported[recording.name] {
      withKnownIssue("\(reason)") { recording.replay() }
    } else {
      recording.replay()
    }
  }

  @Test func `every recording is replayed`() {
    #expect(Recording.all.count == 59)
    #expect(Recording.all.allSatisfy { $0.steps.count == $0.observed.count })
    #expect(Set(RecordingTests.unsupported.keys).isSubset(of: Recording.all.map(\.name)))
  }
}
