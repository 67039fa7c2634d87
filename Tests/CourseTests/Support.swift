import Course
import Foundation
import Shell

/// The folder of the lessons.
let lessonFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("Lessons")

func documents(in folder: URL, ending: String) -> [Document] {
  let files =
    (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
  return files.filter { $0.pathExtension == ending && $0.lastPathComponent != "README.md" }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
    .map { file in
      Document(
        name: file.deletingPathExtension().lastPathComponent,
        text: (try? String(contentsOf: file, encoding: .utf8)) ?? "")
    }
}

let lessons = documents(in: lessonFolder, ending: "md")
let designs = documents(in: lessonFolder.appendingPathComponent("Designs"), ending: "tripod")

/// Returns the results of `tripod test` for a lesson.
///
/// The file is called as the lesson's id wants it.
func tested(
  _ text: String, file: String? = nil, only task: String? = nil, isStrict: Bool = TestRules.areStrict,
  allowance: Allowance = Allowance()
) -> TestedFile {
  let runner = Tutor(designs: designs, lessons: lessons, allowance: allowance)
  let id = LessonReader(headOf: text, file: "").lesson.id
  return LessonTest.test(text, file: file ?? "\(id).md", runner: runner, only: task, isStrict: isStrict) {
    id in
    lessons.contains { $0.name == id }
  }
}

extension TestedFile {
  /// The names of the failed checks.
  var failures: [String] { checks.filter { !$0.isOK }.map(\.name) }

  /// The failed checks: each with its name, its position and the whole message.
  var reports: [String] {
    checks.filter { !$0.isOK }.map { check in
      (["\(check.name) \(check.position.text)"] + check.message).joined(separator: "\n")
    }
  }

  func check(_ name: String) -> TestCheck? { checks.first { $0.name == name } }
}

/// A small lesson that passes all checks.
let smallLesson = """
  ---
  format: 1
  id: small
  title: Small
  start: textbook
  minutes: 5
  ---
  # Small

  ```tripod demo
  tripod> send 4 static
    4 of 4 answered [..]
    server-1 [..]  2
    server-2 [..]  2
  !tripod> break nothing
  [..]
  ```

  ## How many
  <!-- task: many -->

  ```tripod predict
  run: send 7
  kind: number
  expect: .by_server[server-1]
  when 3: somebody gets the odd one
  else: turns are taken one by one
  ```

  <details><summary>Hint 1</summary>

  Count.
  </details>
  <details><summary>Solution</summary>

  ```tripod solution
  answer 4
  ```
  ```tripod variant
  send 1
  answer 3
  ```
  </details>
  <details><summary>Common mistakes</summary>

  ```tripod wrong
  answer 3 => the odd one
  answer 7 => turns are taken
  ```
  </details>

  ## Fail
  <!-- task: fail -->

  ```tripod setup
  reset
  ```

  ```tripod goal
  end "reads go to one server": run(send 4 read).by_server[server-2] == 0 else "both serve: {trace}"
  ```

  <details><summary>Hint 1</summary>

  `set server-2 state drain`
  </details>
  <details><summary>Solution</summary>

  ```tripod solution
  show
  set server-2 state drain
  ```
  </details>
  <details><summary>Common mistakes</summary>

  ```tripod wrong
  set server-1 state drain => both serve
  set server-2 weight 2 => 4 of 4
  ```
  </details>

  <details><summary>Demonstration</summary>

  ```tripod present
  run: send 3 static
  ask: Who gets more of three?
  a "the first server": .by_server[server-1] == 2
  b "the second server": .by_server[server-2] == 2
  note: Hands up.
  ```
  </details>

  """
