import Facts

/// Runs a design as a test. It must build, and its claims must be as the author expects.
public enum DesignTest {
  public static func test<Runner: LessonRunner>(_ name: String, file: String, runner: Runner) -> TestedFile {
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
      let position = FilePosition(lines.indices.contains(number) ? lines[number] : 1)
      tested.checks.append(
        TestCheck("\(name) › claim \(number + 1): \(found.text)", at: position, found.message))
    }
    return tested
  }
}

/// A claim of a design, and whether it is as expected.
public struct TestedClaim: Equatable, Sendable {
  public let text: String
  /// The reason why the verdict is not the expected one, or an empty list.
  public let message: [String]

  public init(text: String, message: [String]) {
    self.text = text
    self.message = message
  }
}
