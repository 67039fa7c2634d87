import Course
import Glibc
import Inspector

@testable import Shell

/// Ends the process if a property of Tripod is false. The fuzzer reports this as a crash.
func promise(_ holds: Bool, _ what: @autoclosure () -> String) {
  guard !holds else { return }
  Text.complain("== broken promise: \(what())\n")
  abort()
}

/// Checks the properties of all output.
enum Text {
  static func decoded(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  static func complain(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Checks that a text does not control a terminal or change the writing direction.
  static func promiseHarmless(_ text: String, of what: @autoclosure () -> String) {
    promise(
      !text.unicodeScalars.contains { $0.isUnsafeToPrint },
      "\(what()) has a control character: \(text.debugDescription)")
  }

  static func promiseHarmless(lines text: String, of what: @autoclosure () -> String) {
    promise(
      !text.unicodeScalars.contains { $0.isUnsafeToPrint && $0 != "\n" },
      "\(what()) has a control character: \(text.debugDescription)")
  }
}

extension Reply {
  /// Checks the properties of the reply to any command.
  func promiseWellFormed() {
    for line in lines {
      Text.promiseHarmless(line.text, of: "a line of the reply to \(command.debugDescription)")
    }
    let object = json
    let text = object.text
    promise(JSONChecker.isValid(text), "the JSON of \(command.debugDescription) is invalid: \(text)")
    Text.promiseHarmless(text, of: "the JSON of \(command.debugDescription)")
    promise(object["ok"] == .flag(isOK), "ok differs from the reply to \(command.debugDescription)")
    promise((object["error"] != nil) == !isOK, "error differs from the reply to \(command.debugDescription)")
    guard let failure else { return }
    for text in [failure.message, failure.hint, failure.code] {
      Text.promiseHarmless(text, of: "the refusal of \(command.debugDescription)")
    }
    promise(!failure.message.isEmpty, "\(command.debugDescription) is refused without a word")
    if let place = failure.place {
      promise(
        place.upperBound <= command.count, "the place \(place) lies outside \(command.debugDescription)")
    }
  }
}

extension Completion {
  func promiseWellFormed(for line: String) {
    promise(
      typed >= 0 && typed <= line.count,
      "a candidate replaces \(typed) characters of \(line.debugDescription)")
    for candidate in candidates + hints {
      Text.promiseHarmless(candidate.text + candidate.summary, of: "a candidate for \(line.debugDescription)")
    }
  }
}
