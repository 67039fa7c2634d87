import Blueprint

/// The candidates for the end of a line that is being typed.
public struct Completion: Equatable, Sendable {
  /// How many characters at the end of the line a candidate replaces.
  public var typed = 0
  public var candidates: [Candidate] = []
  /// Whether a file name is also possible.
  public var wantsFile = false
  /// Possible values that cannot be listed, such as a number: the name in the usage line, and the meaning.
  public var hints: [Candidate] = []

  public struct Candidate: Equatable, Sendable {
    public var text: String
    /// A short description of the candidate's meaning.
    public var summary: String

    public init(_ text: String, _ summary: String) {
      self.text = text
      self.summary = summary
    }
  }
}

extension Tutor {
  /// Returns the candidates for the end of a line, up to the cursor.
  public func completion(of line: String) -> Completion {
    Words.unfinished(in: line).map { completion(ofCommand: $0) } ?? Completion()
  }

  /// Returns the candidates for the end of one command. `verbs` limits the possible commands.
  func completion(ofCommand text: String, among verbs: [String]? = nil) -> Completion {
    guard var words = try? Words.split(text) else { return Completion() }
    var currentWord = Word(text: "", position: text.count..<text.count)
    if let last = words.last, text.last.map(Words.isSpace) != true || last.text.hasSuffix(",") {
      currentWord = last
      words.removeLast()
    }
    guard !currentWord.isQuoted else { return Completion() }
    var completing = CandidateSearch(tutor: self, text: text, currentWord: currentWord)
    if let verb = words.first {
      completing.add(behind: verb, words)
    } else {
      completing.addCommands(among: verbs)
    }
    return completing.completion
  }
}
