import Blueprint
import Inspector
import Simulator

/// Runs commands within commands: those of a file, a design or an experiment on a copy.
extension Tutor {
  // MARK: Designs

  func build(_ design: FoundDesign, seed: UInt64? = nil) throws(Complaint) -> LoadedSite {
    try build(
      design.document.text, named: design.document.name, as: design.title, in: design.folder, seed: seed)
  }

  /// Builds the site that a design or a file describes. The history does not change.
  func build(
    _ text: String, named name: String, as design: String, in folder: DesignFolder = .empty,
    seed: UInt64? = nil, readsClaims: Bool = true
  ) throws(Complaint) -> LoadedSite {
    var builder = Tutor(
      Session(
        LoadedSite(Simulation(seed: seed), design: "new"),
        designs: DesignCatalog(builtIn: session.designs.builtIn, folder: folder), limits: session.limits),
      LessonLibrary([]))
    builder.depth = depth + 1
    try builder.runLines(of: text, named: name, from: .author, readsClaims: readsClaims) { _ in }
    builder.session.loadedSite.simulation.settle()
    return LoadedSite(
      builder.loadedSite.simulation, design: design, claimLines: builder.loadedSite.claimLines)
  }

  // MARK: Files

  /// Runs the commands of a text. Stops early if a command fails, which throws an error, or if a command such
  /// as `quit` has an effect.
  ///
  /// If `readsClaims` is false, claims are stored without being parsed.
  mutating func runLines(
    of text: String, named name: String, from origin: CommandOrigin, readsClaims: Bool = true,
    collect: (Reply) -> Void
  ) throws(Complaint) {
    guard depth < Tutor.deepestNesting else { throw .nestedTooDeeply("source") }
    depth += 1
    defer { depth -= 1 }
    var number = 0
    let lines = text.linesOfText
    for line in lines {
      guard session.shouldContinue(Double(number) / Double(lines.count)) else { throw session.limits.stopped }
      number += 1
      if !readsClaims, line.hasPrefix(LoadedSite.claimPrefix) {
        session.loadedSite.claimLines.append(line)
        continue
      }
      for command in Session.commands(in: line) {
        let reply = obey(command, from: origin)
        if let failure = reply.failure {
          throw .inFile(name, line: number, message: failure.message, code: failure.code)
        }
        collect(reply)
        if let effect = reply.effect, effect != .clearedScreen { return }
      }
    }
  }

  // MARK: Experiments

  /// Returns what the commands of a line would do, by running them on a copy.
  func whatIf(_ line: String, from origin: CommandOrigin = .author) throws(Complaint) -> CommandResponse {
    guard depth < Tutor.deepestNesting else { throw .nestedTooDeeply("whatif") }
    var copy = self
    copy.depth += 1
    var replies: [Reply] = []
    for command in Session.commands(in: line) {
      let reply = copy.obey(command, from: origin.readOnly)
      if let failure = reply.failure { throw .inWhatIf(command, failure) }
      replies.append(reply)
    }
    var answer = CommandResponse(replies.flatMap { $0.lines })
    answer.members = [JSON.Member(.replies, .array(replies.map { $0.json }))]
    return answer
  }

  /// Runs a command on a copy. Returns its reply and the action that the command would perform.
  ///
  /// The copy is released before this function returns, so that it shares no memory with the session.
  func rehearsal(of command: String) -> (Reply, Action?) {
    var copy = self
    copy.depth += 1
    copy.session.purpose = .rehearsal(nil)
    let reply = copy.obey(command)
    guard case .rehearsal(let action) = copy.session.purpose else { return (reply, nil) }
    return (reply, action)
  }

  /// A copy for trying commands. It writes nothing and is not in a lesson.
  var rehearsalCopy: Tutor {
    var copy = self
    copy.depth += 1
    if !copy.session.isRehearsal { copy.session.purpose = .trial }
    copy.session.limits = session.limits.ofAuthor
    copy.learner = LearnerState()
    copy.knownProgress = KnownProgress()
    copy.history = History()
    return copy
  }

  /// Runs an author's work within an author's limits.
  mutating func withAuthorLimits<Product>(
    _ work: (inout Tutor) throws(Complaint) -> Product
  ) throws(Complaint) -> Product {
    let outer = session.limits
    session.limits = outer.ofAuthor
    defer { session.limits = outer }
    return try work(&self)
  }
}

extension String {
  /// The lines of a text, with any line endings. ASCII text is split by bytes, which is much faster.
  fileprivate var linesOfText: [String] {
    let plain = utf8.withContiguousStorageIfAvailable { $0.plainLines }
    if let plain, let plain { return plain }
    return split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline }).map(String.init)
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var plainLines: [String]? {
    let isPlain = allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") && $0 != 0x0b && $0 != 0x0c }
    guard isPlain else { return nil }
    return split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
