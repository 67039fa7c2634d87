import Foundation
import Testing

/// The characters that the program writes to terminals and files.
@Suite struct DrawingTests {
  /// All non-ASCII characters in the program's sources, and so in its output.
  private var drawnCharacters: [Character] {
    get throws {
      let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
      let sources = package.appending(path: "Sources")
      let files =
        FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)?.allObjects ?? []
      let texts = try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        .map { try String(contentsOf: $0, encoding: .utf8) }
      return Set(texts.joined()).filter { !$0.isASCII && !$0.isLetter && !"“”„".contains($0) }.sorted()
    }
  }

  @Test func `every character that the program draws has an ASCII substitute`() throws {
    let drawnCharacters = try drawnCharacters
    #expect(drawnCharacters.count > 20)
    for start in stride(from: 0, to: drawnCharacters.count, by: 10) {
      let word = "x" + String(drawnCharacters[start..<min(start + 10, drawnCharacters.count)])
      let outcome = try BuiltProgram().run(["--drawing", "ascii", "-c", word])
      let quoted =
        outcome.err.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first ?? ""
      #expect(outcome.err.utf8.allSatisfy { $0 < 128 }, "\(word)")
      #expect(quoted.count == word.count && !quoted.contains("?"), "\(word)")
    }
  }

  static let commandLines: [(line: String, isPlain: Bool)] = [
    ("tripod -c 'send 2'", true),
    ("LANG=C.UTF-8 tripod -c 'send 2'", true),
    ("LANG=C.UTF-8 tripod -c nonsense", true),
    ("LANG=C.UTF-8 tripod -c 'load nothing'", true),
    ("tripod --drawing unicode -c 'send 2'", false),
    ("tripod --drawing=unicode -c nonsense", false),
    ("tripod --drawing ascii -c 'send 2'", true),
  ]

  @Test(arguments: commandLines) func `without a terminal, drawings are in ASCII by default`(
    line: String, isPlain: Bool
  ) throws {
    let outcome = try BuiltProgram().run(line)
    #expect((outcome.out + outcome.err).utf8.allSatisfy { $0 < 128 } == isPlain)
  }

  static let terminals: [(environment: [String: String], words: [String], isPlain: Bool)] = [
    (["LANG": "C.UTF-8"], [], false),
    (["LANG": "de_DE.utf8"], [], false),
    (["LANG": "C", "LC_CTYPE": "en_US.UTF-8"], [], false),
    (["LANG": "C.UTF-8", "LC_ALL": "C"], [], true),
    (["LANG": "de_DE.ISO-8859-1"], [], true),
    (["LANG": ""], [], true),
    (["LANG": ""], ["--drawing", "unicode"], false),
    (["LANG": "C.UTF-8"], ["--drawing", "ascii"], true),
  ]

  @Test(arguments: terminals) func `at a terminal, drawings use the characters of the locale`(
    environment: [String: String], words: [String], isPlain: Bool
  ) throws {
    let terminal = try Terminal(
      program: [BuiltProgram.program.path, "-c", "send 2"] + words, environment: environment)
    #expect(terminal.readRest().utf8.allSatisfy { $0 < 128 } == isPlain)
    #expect(terminal.child.waitForExit() == 0)
  }

  @Test(arguments: [("LANG=C.UTF-8", "größe"), ("LANG=C", "gr??e")])
  func `a user's own letters stay if the locale has them`(locale: String, shown: String) throws {
    let outcome = try BuiltProgram().run("\(locale) tripod -c größe")
    #expect(outcome.err.contains("unknown command \"\(shown)\""))
  }

  @Test func `JSON does not depend on the locale`() throws {
    let outcome = try BuiltProgram().run("tripod --json --drawing ascii -c größe")
    #expect(outcome.out.contains("“größe”") && outcome.err.contains("\"gr??e\""))
  }
}
