import Shell

/// The text in which a site that was left is kept: a line for each fact, which begins with what it is.
enum SiteRecord {
  /// A larger one takes too long to be gone on with.
  static let largest = 32 << 20

  static func head(seed: UInt64?) -> String { "tripod 1\n" + (seed.map { "seed \($0)\n" } ?? "") }

  /// What the step read stands before it: so a step that is there is there as a whole.
  static func text(of step: LeftSite.LeftStep) -> String {
    let files = step.files.map { file in
      // By bytes: to a `Character`, the end of a line of another system is no `\n`.
      let lines = file.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      return "file \(file.name)\n" + lines.map { "text \(Substring($0))\n" }.joined()
    }
    return files.joined() + "step \(step.command)\n"
  }

  /// Nil where there is no step in it. A last line without an end was not written to its end, and does not count.
  static func site(in bytes: [UInt8]) -> LeftSite? {
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
    var site = LeftSite(steps: [])
    var files: [(name: String, lines: [String])] = []
    for line in bytes[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 2 else { continue }
      let value = parts[1]
      switch parts[0] {
      case "step":
        let read = files.map { Document(name: $0.name, text: $0.lines.joined(separator: "\n")) }
        site.steps.append(LeftSite.LeftStep(value, files: read))
        files = []
      case "file": files.append((value, []))
      case "text": if !files.isEmpty { files[files.count - 1].lines.append(value) }
      case "seed": site.seed = UInt64(value)
      default: break  // Its head, or what a later version says.
      }
    }
    return site.steps.isEmpty ? nil : site
  }
}
