import Facts

/// Reads claims of the form `"TEXT" [expect holds|partly|refuted]: FACT`.
enum ClaimReader {
  static func claim(in text: String, at start: Int) throws(Complaint) -> Claim {
    let characters = Array(text)
    let quotes = characters.indices.filter { characters[$0] == "\"" }
    guard characters.first == "\"", quotes.count >= 2, quotes[1] > 1 else {
      throw .unreadable(
        Word(text: text, position: start..<start + characters.count),
        as: "a claim: \"TEXT\" expect holds: FACT",
        choices: [])
    }
    let rest = characters[(quotes[1] + 1)...]
    guard let colon = rest.firstIndex(of: ":") else {
      throw .missing(": FACT", usage: "claim \"TEXT\" [expect VERDICT]: FACT")
    }
    let expected = try verdict(
      Words.trimmed(String(rest[..<colon])), at: start + quotes[1] + 1..<start + colon)
    let raw = String(rest[(colon + 1)...])
    let fact = Words.trimmed(raw)
    let claim = Claim(String(characters[1..<quotes[1]]), expected: expected, fact: fact)
    if let problem = claim.problem {
      let blanks = raw.prefix { Words.isSpace($0) }.count
      throw .fact(problem, at: start + colon + 1 + blanks)
    }
    return claim
  }

  private static func verdict(_ text: String, at position: Range<Int>) throws(Complaint) -> ClaimVerdict? {
    guard !text.isEmpty else { return nil }
    let words = text.split(whereSeparator: Words.isSpace).map { $0.lowercased() }
    guard words.count == 2, words[0] == "expect", let verdict = ClaimVerdict(rawValue: words[1]) else {
      throw .unreadable(
        Word(text: text, position: position), as: "what is expected",
        choices: ClaimVerdict.allCases.map { "expect \($0.rawValue)" })
    }
    return verdict
  }
}
