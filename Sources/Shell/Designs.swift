import Blueprint
import Simulator

/// A design, with the folder from which its text may load other designs.
struct FoundDesign {
  let document: Document
  let folder: DesignFolder

  /// The name of the design in the prompt and in lists.
  var title: String {
    let file = document.name.split(separator: "/").last ?? ""
    let end = file.lastIndex(of: ".") ?? file.endIndex
    return Sentences.clean(String(file[..<end]))
  }
}

extension Session {
  /// Returns the design that an author's text names: one beside the author's file, or a built-in one.
  func design(_ word: Word) throws(Complaint) -> FoundDesign {
    guard let design = design(named: word.text) else {
      throw .unknownDesign(word, choices: designs.map { $0.name }, reason: "there is no such design")
    }
    return design
  }

  func design(named name: String) -> FoundDesign? {
    (folder.design(named: name) ?? builtIn(name)).map { FoundDesign(document: $0, folder: folder) }
  }

  /// Returns the design that a person names: a built-in design, a file, or a design beside the lesson.
  func design(_ word: Word, _ access: FileAccess) throws(Complaint) -> FoundDesign {
    let name = word.text
    if let design = builtIn(name) { return FoundDesign(document: design, folder: folder) }
    switch access.read(name) {
    case .text(let text):
      return FoundDesign(document: Document(name: name, text: text), folder: access.designs(beside: name))
    case .failed(let reason):
      if let design = folder.design(named: name) { return FoundDesign(document: design, folder: folder) }
      throw .unknownDesign(word, choices: designs.map { $0.name }, reason: reason)
    }
  }

  /// Returns the built-in design with exactly this name, or else one whose name differs only in case.
  private func builtIn(_ name: String) -> Document? {
    designs.first { $0.name == name } ?? designs.first { $0.name.lowercased() == name.lowercased() }
  }

  func build(_ design: FoundDesign, seed: UInt64? = nil) throws(Complaint) -> Scene {
    try build(
      design.document.text, named: design.document.name, as: design.title, in: design.folder, seed: seed)
  }

  /// Builds the site that a design or a file describes, without a trace in the history. Of the one that every start
  /// builds, claims are read only when somebody asks for them.
  func build(
    _ text: String, named name: String, as design: String, in folder: DesignFolder = .empty,
    seed: UInt64? = nil, readsClaims: Bool = true
  ) throws(Complaint) -> Scene {
    var builder = Session(bare: self, in: folder, seed: seed)
    builder.readsClaims = readsClaims
    try builder.runLines(of: text, named: name, from: .author)
    builder.scene.simulation.settle()
    return Scene(builder.scene.simulation, design: design, claimed: builder.scene.claimed)
  }

  private init(bare other: Session, in folder: DesignFolder, seed: UInt64?) {
    designs = other.designs
    lessons = []
    self.folder = folder
    limits = other.limits
    allowance = other.allowance
    depth = other.depth + 1
    scene = Scene(Simulation(seed: seed), design: "new")
  }

  /// Obeys the commands of a text, and stops at the first that fails, or that is the end of it such as `quit`.
  @discardableResult
  mutating func runLines(of text: String, named name: String, from writer: Writer) throws(Complaint)
    -> [Reply]
  {
    guard depth < Session.deepest else { throw .nested("source") }
    depth += 1
    defer { depth -= 1 }
    var replies: [Reply] = []
    var number = 0
    let lines = text.linesOfText
    for line in lines {
      guard goOn(Double(number) / Double(lines.count)) else { throw .timeLimit }
      number += 1
      if !readsClaims, line.hasPrefix(Scene.claiming) {
        scene.claimed.append(line)
        continue
      }
      for command in Session.commands(in: line) {
        let reply = obey(command, from: writer)
        if let failure = reply.failure {
          throw .inFile(name, line: number, message: failure.message, code: failure.code)
        }
        replies.append(reply)
        if reply.effect != nil { return replies }
      }
    }
    return replies
  }
}

extension String {
  /// Between the ends of its lines, whichever those are; where they are all plain, by bytes, which takes no time.
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
