import Facts

/// Runs a design as a test: it must build, and the model must say of each claim what its author expects.
public enum DesignTrial {
  public static func test<Ground: Playground>(_ name: String, file: String, ground: Ground) -> TestedFile {
    var ground = ground
    ground.allowNextCheck()
    let trouble = ground.load(name)
    var tested = TestedFile(id: name, file: file)
    tested.checks = [TestCheck("\(name) › builds", at: Place(1), trouble.map { [$0] } ?? [])]
    guard trouble == nil else { return tested }
    let lines = ground.claimLines(ofDesign: name)
    for number in 0..<ground.claimCount {
      ground.allowNextCheck()
      let found = ground.claim(number)
      let place = Place(lines.indices.contains(number) ? lines[number] : 1)
      tested.checks.append(
        TestCheck("\(name) › claim \(number + 1): \(found.text)", at: place, found.message))
    }
    return tested
  }
}

/// A claim of a design, tried.
public struct TriedClaim: Equatable, Sendable {
  public let text: String
  /// Why it is not as its author expects; empty where it is.
  public let message: [String]

  public init(text: String, message: [String]) {
    self.text = text
    self.message = message
  }
}
