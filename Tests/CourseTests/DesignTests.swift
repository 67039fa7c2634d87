import Course
import Shell
import Testing

/// Each claim of a design is a separate check.
@Suite struct DesignTests {
  private static let text = """
    new
    add server server-1
    set lb-1 check http
    claim "the balancer is a SPOF" expect holds: stops(break(lb-1))
    # A claim without an expectation only has to be one that can be judged.
    claim "nothing is a SPOF for pages": spofs(read) == {}
    """

  private func tested(_ text: String, isStrict: Bool = TestRules.areStrict) -> TestedFile {
    let runner = Tutor(
      designs: [Document(name: "small", text: text)], lessons: [], allowance: Allowance())
    return DesignTest.test("small", file: "small.tripod", runner: runner, isStrict: isStrict)
  }

  @Test func `each claim is a named check`() {
    let result = tested(DesignTests.text)
    #expect(
      result.checks.map(\.name) == [
        "small › builds", "small › claim 1: the balancer is a SPOF",
        "small › claim 2: nothing is a SPOF for pages",
      ])
    #expect(result.failures == [])
  }

  @Test func `an unexpected verdict fails at its line`() throws {
    let result = tested(DesignTests.text.replacing("expect holds", with: "expect refuted"))
    #expect(result.failures == ["small › claim 1: the balancer is a SPOF"])
    let check = try #require(result.checks.first { !$0.isOK })
    #expect(check.position.line == 4)
    #expect(check.message.prefix(2) == ["expected: refuted", "derived: holds"])
  }

  @Test func `a claim names the kind of request that its fact judges`() {
    let text = DesignTests.text.replacing("SPOF for pages\": spofs(read)", with: "SPOF\": spofs(static)")
    #expect(
      tested(text, isStrict: true).reports == [
        """
        small › claim 2: nothing is a SPOF 6:1
        this statement names no kind of request, but its fact is judged for static only
        """
      ])
    #expect(tested(text, isStrict: false).reports == [])
    let named = text.replacing("nothing is a SPOF", with: "nothing is a SPOF of pictures")
    #expect(tested(named, isStrict: true).reports == [])
  }

  @Test func `a claim that cannot be judged fails`() {
    let result = tested(DesignTests.text.replacing("spofs(read) == {}", with: "state(server-9) == broken"))
    #expect(result.failures.contains { $0.hasPrefix("small › ") })
  }
}
