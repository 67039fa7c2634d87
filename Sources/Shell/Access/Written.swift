import Course

/// What Tripod writes into a person's files. Its last line says so, so that Tripod may replace the file later without being
/// told to.
public enum Written {
  private static let mark = "Written by Tripod"
  static let forceNote = "also if the file is there and Tripod did not write it"

  static func script(_ commands: [String]) -> String { text(commands, "# \(mark)") }

  static func markdown(_ lines: [String]) -> String { text(lines, "<!-- \(mark) -->") }

  static func picture(_ picture: Picture, _ lines: [String]) -> String {
    switch picture {
    case .svg, .timeline: text(lines, "<!-- \(mark) -->")
    case .dot: text(lines, "// \(mark)")
    case .mermaid: text(lines, "%% \(mark)")
    }
  }

  private static func text(_ lines: [String], _ last: String) -> String {
    (lines + [last]).map { $0 + "\n" }.joined()
  }

  /// Whether a file that ends like this is one that Tripod wrote.
  public static func isOwn(fileEnding text: String) -> Bool {
    guard let last = text.split(separator: "\n").last else { return false }
    return ["# ", "// ", "%% "].contains { last == "\($0)\(mark)" } || last == "<!-- \(mark) -->"
      || JournalLine(String(last)) != nil
  }
}

extension FileAccess {
  /// Writes a person's file for a command, which says how it can be told to replace any.
  func write(
    _ text: String, to path: String, _ replacing: Replacing, as command: String
  ) throws(Complaint) {
    switch write(path, text, replacing) {
    case nil: return
    case .impossible(let reason): throw .file(path, reason: reason)
    case .otherFile: throw .otherFile(path, command: command)
    }
  }
}

extension Arguments {
  /// Whether the person said that any file may be replaced.
  var replacing: Replacing { has("force") ? .anyFile : .ownFiles }
}
