import Blueprint
import Inspector

/// The commands that explain the program and its words.
enum HelpCommands {
  static let table: [Command] = [
    Command(
      "explain", .learn, reveals: .nothing, [.optional([.text("TERM", .term)])],
      "Explain a term: what it means, what it is confused with, and how to see it.",
      example: "explain stale read",
      notes: ["TERM": "a technical term of one or more words (default: list all terms)"],
      see: ["help"],
      handler: .onTutor { tutor, words throws(Complaint) in
        guard let word = words.word("TERM"), let text = words.text("TERM") else { return Term.list }
        if let term = Term.named(text) { return term.answer(to: text) }
        if let command = try? Command.named(word), command.name.count == text.count {
          return Help.helpPage(command, for: tutor)
        }
        if let setting = Setting.answer(to: text, on: tutor.session.knownTopology) { return setting }
        throw .unknownTerm(
          Word(text: text, position: word.position.lowerBound..<tutor.session.line.count),
          nearest: Term.nearestName(to: text))
      }),
    Command(
      "help", .learn, reveals: .nothing, [.optional([.text("COMMAND", .command)])],
      "List the commands by purpose, or show how to use one.", example: "help redo",
      notes: ["COMMAND": "a command, a setting, a fact or a host (default: list all commands)"],
      see: ["explain"],
      handler: .onTutor { tutor, words throws(Complaint) in
        guard let word = words.word("COMMAND"), let text = words.text("COMMAND") else { return Help.overview }
        return try Help.answer(to: text, word, in: tutor)
      }),
  ]
}
