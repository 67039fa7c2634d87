import Course
import Glibc
import Inspector

@testable import Shell

/// Ends the process if a property of Tripod is false. The fuzzer reports this as a crash.
func require(_ condition: Bool, _ subject: @autoclosure () -> String) {
  guard !condition else { return }
  Text.printError("== broken promise: \(subject())\n")
  abort()
}

/// Checks the properties of all output.
enum Text {
  static func decoded(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  static func printError(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Checks that a text does not control a terminal or change the writing direction.
  static func requirePrintable(_ text: String, of subject: @autoclosure () -> String) {
    require(
      !text.unicodeScalars.contains { $0.isUnsafeToPrint },
      "\(subject()) has a control character: \(text.debugDescription)")
  }

  static func requirePrintable(lines text: String, of subject: @autoclosure () -> String) {
    require(
      !text.unicodeScalars.contains { $0.isUnsafeToPrint && $0 != "\n" },
      "\(subject()) has a control character: \(text.debugDescription)")
  }
}

extension Reply {
  /// Checks the properties of the reply to any command.
  func requireWellFormed() {
    for line in lines {
      Text.requirePrintable(line.text, of: "a line of the reply to \(command.debugDescription)")
    }
    let object = json
    let text = object.text
    require(JSONChecker.isValid(text), "the JSON of \(command.debugDescription) is invalid: \(text)")
    Text.requirePrintable(text, of: "the JSON of \(command.debugDescription)")
    require(object["ok"] == .flag(isOK), "ok differs from the reply to \(command.debugDescription)")
    require((object["error"] != nil) == !isOK, "error differs from the reply to \(command.debugDescription)")
    guard let failure else { return }
    for text in [failure.message, failure.hint, failure.code] {
      Text.requirePrintable(text, of: "the refusal of \(command.debugDescription)")
    }
    require(!failure.message.isEmpty, "\(command.debugDescription) is refused without a word")
    if let position = failure.position {
      require(
        position.upperBound <= command.count, "the place \(position) lies outside \(command.debugDescription)"
      )
    }
  }
}

extension Completion {
  func requireWellFormed(for line: String) {
    require(
      typed >= 0 && typed <= line.count,
      "a candidate replaces \(typed) characters of \(line.debugDescription)")
    for candidate in candidates + hints {
      Text.requirePrintable(
        candidate.text + candidate.summary, of: "a candidate for \(line.debugDescription)")
    }
  }
}
