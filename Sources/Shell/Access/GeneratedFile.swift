import Blueprint
import Course

/// Creates and recognises the files that Tripod writes. Their last line marks them, so that Tripod may
/// replace them without `force`.
public enum GeneratedFile {
  private static let mark = "Written by Tripod"
  static let forceNote = "replace the file even if Tripod did not write it"

  static func script(_ commands: [String]) -> String { text(commands, "# \(mark)") }

  static func markdown(_ lines: [String]) -> String { text(lines, "<!-- \(mark) -->") }

  static func picture(_ lines: [String], _ format: PictureFormat) -> String {
    text(lines, format.comment(mark))
  }

  private static func text(_ lines: [String], _ last: String) -> String {
    (lines + [last]).map { $0 + "\n" }.joined()
  }

  /// Whether Tripod wrote the file that ends with `text`, and the file is of the same kind as `new`.
  public static func isGenerated(fileEnding text: String, like new: String) -> Bool {
    isGenerated(fileEnding: text) && kind(of: text) == kind(of: new)
  }

  /// Returns the kind of a file, read from its last line: Tripod's mark, or the seal of exported progress.
  private static func kind(of text: String) -> String? {
    let last = text.split(separator: "\n").last.map(String.init)
    return last.map { JournalSeal.isSeal($0) ? "seal" : $0 }
  }

  /// Whether Tripod wrote the file that ends with `text`.
  public static func isGenerated(fileEnding text: String) -> Bool {
    guard let last = text.split(separator: "\n").last else { return false }
    return ["# ", "// ", "%% "].contains { last == "\($0)\(mark)" } || last == "<!-- \(mark) -->"
      || JournalSeal.isSeal(String(last))
  }
}

extension FileAccess {
  /// Writes a file. If the file exists and Tripod did not write it, the error names the command to repeat
  /// with `force`.
  func write(
    _ text: String, to path: String, _ replacing: ReplacePolicy, as command: String
  ) throws(Complaint) {
    switch write(path, text, replacing) {
    case nil: return
    case .impossible(let reason): throw .file(path, reason: reason)
    case .foreignFile: throw .foreignFile(path, command: command)
    }
  }
}

extension Arguments {
  /// Which existing files may be replaced: any file with `force`, otherwise only files that Tripod wrote.
  var replacing: ReplacePolicy { has("force") ? .anyFile : .generatedFiles }
}
