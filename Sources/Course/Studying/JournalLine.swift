import Blueprint

/// A line of the progress journal: a checksum, and then words separated by spaces.
public struct JournalLine: Equatable, Sendable {
  public let event: JournalEvent

  public init(_ event: JournalEvent) { self.event = event }

  public var text: String {
    let body: String
    switch event {
    case .began(let run, let lesson, let fingerprint, .start(let kept, let asksRecall)):
      body =
        "begin \(run) \(lesson) \(fingerprint)" + (asksRecall ? "" : " \(RunOrigin.withoutRecall)")
        + kept.map { " \($0.id)=\($0.status.rawValue)" }.joined()
    case .began(let run, let lesson, let fingerprint, .after(let after)):
      body = "begin \(run) \(lesson) \(fingerprint) after \(after.run) \(after.lines)"
    case .line(let run, let number, let line): body = "line \(run)\(number.map { "#\($0)" } ?? "") \(line)"
    case .ended(let lesson, let task, let status): body = "task \(lesson) \(task) \(status.rawValue)"
    case .finished(let lesson): body = "finish \(lesson)"
    case .said(let lesson, let words): body = "said \(lesson) \(words)"
    case .forgot(let lesson): body = lesson.map { "forget \($0)" } ?? "forget"
    case .sealed(let lines, let sum): body = "seal \(lines) \(sum)"
    }
    return "\(JournalLine.sum(of: body)) \(body)"
  }

  /// Reads a line. Returns nil if it is damaged or of a later version.
  public init?(_ text: String) {
    let body = String(text.dropFirst(9))
    guard text.utf8.count > 9, text.hasPrefix(JournalLine.sum(of: body) + " ") else { return nil }
    let words = body.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    let fields = body.split(separator: " ").map(String.init)
    switch (words[0], words.count, fields.count) {
    case ("begin", 3, 4...):
      guard let origin = RunOrigin(fields[4...]) else { return nil }
      event = .began(run: fields[1], lesson: fields[2], fingerprint: fields[3], from: origin)
    case ("line", 3, _):
      let parts = words[1].split(separator: "#").map(String.init)
      let number = parts.count == 2 ? Int(parts[1]) : nil
      guard let run = parts.first, parts.count == 1 || number != nil else { return nil }
      event = .line(run: run, number: number, words[2])
    case ("task", 3, 4):
      guard let status = Study.Status(rawValue: fields[3]) else { return nil }
      event = .ended(lesson: fields[1], task: fields[2], status)
    case ("finish", 2, _): event = .finished(lesson: words[1])
    case ("said", 3, _): event = .said(lesson: words[1], words[2])
    case ("forget", 1, _): event = .forgot(lesson: nil)
    case ("forget", 2, _): event = .forgot(lesson: words[1])
    case ("seal", 3, 3):
      guard let lines = Int(fields[1]) else { return nil }
      event = .sealed(lines: lines, sum: fields[2])
    default: return nil
    }
  }

  /// Returns the lines of a journal. Line endings of other systems are accepted.
  public static func lines(of journal: String) -> [String] {
    journal.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0)) }
  }

  /// Returns the lines that have not been forgotten since.
  public static func remainingLines(of journal: String) -> [String] {
    var kept: [(text: String, lesson: String?)] = []
    var lessons: [String: String] = [:]
    for text in lines(of: journal) {
      guard let event = JournalLine(text)?.event else { continue }
      switch event {
      case .began(let run, let lesson, _, _):
        lessons[run] = lesson
        kept.append((text, lesson))
      case .line(let run, _, _): kept.append((text, lessons[run]))
      case .ended(let lesson, _, _), .finished(let lesson), .said(let lesson, _): kept.append((text, lesson))
      case .forgot(nil): kept = []
      case .forgot(let lesson?): kept.removeAll { $0.lesson == lesson }
      case .sealed: break
      }
    }
    return kept.map { $0.text }
  }

  private static func sum(of body: String) -> String { String(body.fingerprint.prefix(8)) }
}

extension RunOrigin {
  /// The field that says that no question from an earlier lesson is asked. A run of an old version has none.
  fileprivate static let withoutRecall = "recall=no"

  /// Reads `after RUN LINES`, or `recall=no` and any number of `TASK=STATUS`.
  fileprivate init?(_ fields: ArraySlice<String>) {
    if fields.first == "after" {
      let words = Array(fields)
      guard words.count == 3, let lines = Int(words[2]), lines >= 0 else { return nil }
      self = .after(Continuation(run: words[1], lines: lines))
      return
    }
    var kept: [Progress.TaskProgress] = []
    let asksRecall = fields.first != RunOrigin.withoutRecall
    for field in asksRecall ? fields : fields.dropFirst() {
      let parts = field.split(separator: "=").map(String.init)
      guard parts.count == 2, let status = Study.Status(rawValue: parts[1]) else { return nil }
      kept.append(Progress.TaskProgress(id: parts[0], status: status))
    }
    self = .start(kept: kept, asksRecall: asksRecall)
  }
}
