import Course
import Foundation
import Testing

/// No task is solved by what no real site can have.
@Suite struct UnrealTests {
  /// The small lesson with another goal. Its fact runs the commands of the placeholder first.
  private func lesson(preparing commands: String) -> String {
    smallLesson.replacing("reset\n", with: "reset\nset database lag 2s\n")
      .replacing(
        "run(send 4 read).by_server[server-2] == 0",
        with: "run(\(commands)send 50 write rate 5/s; break server-1.mysql; promote server-2).lost == 0"
      )
      .replacing("show\nset server-2 state drain", with: "set database replication semi-sync")
      .replacing("=> 4 of 4", with: "=> both serve")
  }

  @Test func `a goal is not reached by a lag of zero`() {
    let text = lesson(preparing: "")
    #expect(
      tested(text, isStrict: true).reports == [
        """
        small › fail › not met by what is unreal 53:12
        “set database lag 0s” alone reaches the goal, and no real site can have that
        """
      ])
    #expect(tested(text, isStrict: false).reports == [])
    #expect(tested(lesson(preparing: "set database lag 2s; "), isStrict: true).reports == [])
  }

  @Test(arguments: [
    "30s": [],
    "1h": [
      """
      small › fail › solution 1 69:1
      line 70: “set site patience 1h” sets what no real site can have
      """
    ],
  ])
  func `a solution sets nothing unreal`(patience: String, reports: [String]) {
    let text = smallLesson.replacing("show\nset", with: "set site patience \(patience)\nset")
    #expect(tested(text, isStrict: true).reports == reports)
    #expect(tested(text, isStrict: false).reports == [])
  }

  @Test func `the small lesson passes the strict checks`() {
    #expect(tested(smallLesson, isStrict: true).reports == [])
  }
}
