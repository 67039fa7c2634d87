import Blueprint
import Inspector

/// The commands that explain the program and its words.
enum HelpCommands {
  static let table: [Command] = [
    Command(
      "explain", .learn, reveals: .nothing, [.optional([.text("TERM", .term)])],
      "Say what a word means, how to see it, and what it is confused with.", example: "explain stale read",
      notes: ["TERM": "a word of the field, in one word or several; all of them unless said"],
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
      "List the commands by what they are for, or show how to use one.", example: "help redo",
      notes: ["COMMAND": "which one; all of them unless said"], see: ["explain"],
      handler: .onTutor { tutor, words throws(Complaint) in
        guard let word = words.word("COMMAND"), let text = words.text("COMMAND") else { return Help.overview }
        return try Help.answer(to: text, word, in: tutor)
      }),
  ]
}
