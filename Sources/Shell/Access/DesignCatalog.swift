import Blueprint

/// A design, and the folder of other designs that it may load.
struct FoundDesign {
  let document: Document
  let folder: DesignFolder

  /// The design's name in the prompt and in lists.
  var title: String {
    let file = document.name.split(separator: "/").last ?? ""
    let end = file.lastIndex(of: ".") ?? file.endIndex
    return Sentences.clean(String(file[..<end]))
  }
}

/// The designs that can be loaded by name: built-in ones, and those beside an author's file.
struct DesignCatalog: Sendable {
  let builtIn: [Document]
  /// The designs that an author's text may load in addition to built-in ones.
  let folder: DesignFolder

  var names: [String] { builtIn.map { $0.name } }

  /// Returns a design for an author: one beside the author's file, or a built-in one.
  func design(_ word: Word) throws(Complaint) -> FoundDesign {
    guard let design = design(named: word.text) else {
      throw .unknownDesign(word, choices: names, reason: "there is no such design")
    }
    return design
  }

  func design(named name: String) -> FoundDesign? {
    (folder.design(named: name) ?? builtInDesign(name)).map { FoundDesign(document: $0, folder: folder) }
  }

  /// Returns a design for a person: a built-in one, a file, or one beside the lesson.
  func design(_ word: Word, _ access: FileAccess) throws(Complaint) -> FoundDesign {
    let name = word.text
    if let design = builtInDesign(name) { return FoundDesign(document: design, folder: folder) }
    switch access.read(name) {
    case .text(let text):
      return FoundDesign(document: Document(name: name, text: text), folder: access.designs(beside: name))
    case .failed(let reason):
      if let design = folder.design(named: name) { return FoundDesign(document: design, folder: folder) }
      throw .unknownDesign(word, choices: names, reason: reason)
    }
  }

  /// Returns the built-in design with this name; nil if there is none. An exact match takes precedence over a
  /// match that ignores letter case.
  private func builtInDesign(_ name: String) -> Document? {
    builtIn.first { $0.name == name } ?? builtIn.first { $0.name.lowercased() == name.lowercased() }
  }
}
