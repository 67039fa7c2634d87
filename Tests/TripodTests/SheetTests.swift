import Foundation
import Testing

/// Lessons printed on paper.
@Suite struct SheetTests {
  @Test func `a sheet has questions without answers, and its key has the model's answers`() throws {
    let tripod = try BuiltProgram()
    let sheet = try tripod.run("tripod lesson show standby --sheet")
    let key = try tripod.run("tripod lesson show standby --sheet --key")
    #expect(sheet.status == 0 && key.status == 0 && sheet.err.isEmpty && key.err.isEmpty)
    #expect(sheet.out.hasPrefix("# Active-active or active-passive: of what?\n\nName: ____"))
    #expect(sheet.out.contains("About to run: `send 10`") && !sheet.out.contains("Answer:** 0"))
    #expect(
      key.out.contains("**Answer:** 0\n  - I ran `send 10`\n  - Result: 10 of 10 answered: server-1 10\n"))
    #expect(!sheet.out.contains("<!--") && !sheet.out.contains("[..]"))
  }

  @Test func `a sheet hides what the fog hides, and its key has the feedback to each answer`() throws {
    let tripod = try BuiltProgram()
    let sheet = try tripod.run("tripod lesson show symptoms --sheet").out
    #expect(sheet.contains("*The fog of this task is in the program: `tripod learn symptoms`.*"))
    let key = try tripod.run("tripod lesson show standby --key").out
    #expect(key.contains("Not so:\n\n- `answer 5`: "))
  }

  @Test func `every lesson has a sheet and a key, both with all its tasks`() throws {
    let tripod = try BuiltProgram()
    let list = try objects(in: tripod.run("tripod -c lessons --json").out)
    let lessons = try #require(list.first?["lessons"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(lessons.count > 6)
    for lesson in lessons {
      let sheet = try tripod.run("tripod lesson show \(lesson) --sheet").out
      let key = try tripod.run("tripod lesson show \(lesson) --key").out
      let heads = { (text: String) in text.split(separator: "\n").filter { $0.contains(#/^## [0-9]+\. /#) } }
      #expect(heads(sheet) == heads(key) && heads(sheet).count > 3, "\(lesson)")
      let answers = key.matches(of: #/\*\*Answer:\*\*|One way: /#).count
      #expect(answers >= heads(key).count && !key.contains("could not be worked out"), "\(lesson)")
    }
  }

  @Test func `a changed lesson has another key`() throws {
    let tripod = try BuiltProgram()
    let line = "tripod lesson new mine > made; tripod lesson show mine.md --key | grep Answer"
    let before = try tripod.run(line).out
    let other = "sed -i 's/run: break server-1.app/run: break lb-1/' mine.md; "
    let after = try tripod.run("\(other)tripod lesson show mine.md --key | grep Answer").out
    #expect(before.contains("4") && before != after)
  }
}
