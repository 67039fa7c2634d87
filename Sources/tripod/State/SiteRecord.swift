import Shell

/// The text format of a stored site. The first word of each line says what the line contains.
enum SiteRecord {
  /// The most bytes of a record. A larger one would take too long to resume.
  static let largestSize = 32 << 20

  static func head(seed: UInt64?) -> String { "tripod 1\n" + (seed.map { "seed \($0)\n" } ?? "") }

  /// Returns the files that a step read, the design of the site after the step if the step changed it, and
  /// then the step. The step's line is last, so if it is stored, the other lines are too.
  static func text(of step: UnfinishedSite.RecordedStep, newDesign: String?) -> String {
    let files = step.files.map { file in
      // Split by bytes, because `\r\n` is a single `Character` that does not equal `\n`.
      let lines = file.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      return "file \(file.name)\n" + lines.map { "text \(Substring($0))\n" }.joined()
    }
    return files.joined() + (newDesign.map { "design \($0)\n" } ?? "") + "step \(step.command)\n"
  }

  /// Returns the site, or nil if the record has no step. Ignores an incomplete last line, without a newline.
  static func site(in bytes: [UInt8]) -> UnfinishedSite? {
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return nil }
    var site = UnfinishedSite(steps: [])
    var files: [(name: String, lines: [String])] = []
    var newDesign: String?
    for line in bytes[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 2 else { continue }
      let value = parts[1]
      switch parts[0] {
      case "step":
        let read = files.map { Document(name: $0.name, text: $0.lines.joined(separator: "\n")) }
        site.steps.append(UnfinishedSite.RecordedStep(value, files: read))
        files = []
        site.design = newDesign ?? site.design
        newDesign = nil
      case "file": files.append((value, []))
      case "text": if !files.isEmpty { files[files.count - 1].lines.append(value) }
      case "design": newDesign = value
      case "seed": site.seed = UInt64(value)
      default: break  // The first line, or a line of a later version.
      }
    }
    return site.steps.isEmpty ? nil : site
  }
}
