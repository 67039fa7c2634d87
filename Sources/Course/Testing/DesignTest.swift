import Facts

/// Runs a design as a test. It must build, and its claims must be as the author expects.
public enum DesignTest {
  public static func test<Runner: LessonRunner>(
    _ name: String, file: String, runner: Runner, isStrict: Bool = TestRules.areStrict
  )
    -> TestedFile
  {
    var runner = runner
    runner.allowNextCheck()
    let failure = runner.load(name)
    var tested = TestedFile(id: name, file: file)
    tested.checks = [TestCheck("\(name) › builds", at: FilePosition(1), failure.map { [$0] } ?? [])]
    guard failure == nil else { return tested }
    let lines = runner.claimLines(ofDesign: name)
    for number in 0..<runner.claimCount {
      runner.allowNextCheck()
      let found = runner.claim(number)
      var message = found.message
      if isStrict, message.isEmpty, let problem = RequestKindWords.problem(with: found.text, found.fact) {
        message = [problem]
      }
      let position = FilePosition(lines.indices.contains(number) ? lines[number] : 1)
      tested.checks.append(
        TestCheck("\(name) › claim \(number + 1): \(found.text)", at: position, message))
    }
    return tested
  }
}

/// A claim of a design, and whether it is as expected.
public struct TestedClaim: Equatable, Sendable {
  public let text: String
  public let fact: String
  /// The reason why the verdict is not the expected one, or an empty list.
  public let message: [String]

  public init(text: String, fact: String, message: [String]) {
    self.text = text
    self.fact = fact
    self.message = message
  }
}
