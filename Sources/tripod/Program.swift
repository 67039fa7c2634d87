import CLibedit
import CMemory
import Glibc
import Shell

/// The edge: arguments and keyboard in, screen and exit status out. What is in between knows neither.
@main
struct Program {
  static func main() {
    memory_keep()
    Fault.endsWithItsOwnStatus()
    Descriptors.fillGaps()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ words: [String]) -> ExitStatus {
    var output = Output(descriptor: STDOUT_FILENO)
    do throws(Misuse) {
      let arguments = try Arguments(words)
      switch arguments.task {
      case .play, .learn, .present: return play(arguments, to: output)
      case .test:
        let patience = Patience(limit: arguments.limit, signals: nil)
        return arguments.isClassReport
          ? try ClassRun(arguments, patience).run(to: &output)
          : try TestRun(arguments, patience).run(to: &output)

      case .lessonTools: return try LessonTools(arguments).run(to: &output)
      case .lessons: return listLessons(arguments, to: &output)
      case .designs where arguments.json: return say([designsObject], to: &output)
      case .designs: return say(designsTable.map { painter(arguments, output).text(Line($0)) }, to: &output)
      case .man: return say(ManualPage.lines, to: &output)
      case .completions(let shell): return say(shell.script, to: &output)
      case .version: return say(["tripod \(Session.version)"], to: &output)
      case .help: return say([Usage.text], to: &output)
      }
    } catch {
      complain(error.sentence)
      return .misused
    }
  }

  private static func play(_ arguments: Arguments, to output: Output) -> ExitStatus {
    let isConversation = arguments.sources.isEmpty && isatty(STDIN_FILENO) == 1
    do throws(Shelf.Trouble) {
      let shelf = try Shelf(arguments)
      for file in shelf.unreadable { complain("skipped \(file.path): \(file.why)") }
      return isConversation ? converse(arguments, shelf, output) : playSources(arguments, shelf, output)
    } catch {
      complain(error.sentence)
      return .misused
    }
  }

  private static func playSources(_ arguments: Arguments, _ shelf: Shelf, _ output: Output) -> ExitStatus {
    let patience = Patience(limit: arguments.limit, signals: nil)
    var player = Player(arguments, shelf, patience: patience, output: output)
    do throws(Output.Failure) {
      if let lesson = shelf.lesson, arguments.task == .present {
        try player.present(lesson)
      } else {
        if arguments.task == .learn { try player.enterLesson(shelf.lesson, isShort: arguments.isShort) }
        try player.play(arguments.sources)
      }
      return player.status
    } catch {
      return status(after: error, otherwise: player.status)
    }
  }

  private static func converse(_ arguments: Arguments, _ shelf: Shelf, _ output: Output) -> ExitStatus {
    let signals = Signals()
    let patience = Patience(limit: arguments.limit, signals: signals)
    let memory = arguments.task == .present ? nil : Memory(seed: arguments.seed)
    var player = Player(arguments, shelf, patience: patience, output: output, memory: memory)
    var status = ExitStatus.well
    do throws(Output.Failure) {
      if let lesson = shelf.lesson, arguments.task == .present {
        try player.present(lesson)
      } else {
        if arguments.task == .learn { try player.enterLesson(shelf.lesson, isShort: arguments.isShort) }
        try player.converse()
      }
      status = player.status
    } catch {
      status = Program.status(after: error, otherwise: player.status)
    }
    terminal_restore()
    if let signal = player.endingSignal { signals.end(by: signal) }
    return status
  }

  static func painter(_ arguments: Arguments, _ output: Output) -> Painter {
    Painter(arguments.color, arguments.drawing, isTerminal: output.isTerminal)
  }

  static func say(_ lines: [String], to output: inout Output) -> ExitStatus {
    say(lines.map { Printable($0) }, to: &output)
  }

  static func say(_ lines: [Printable], to output: inout Output) -> ExitStatus {
    do throws(Output.Failure) {
      for line in lines { output.add(line + Printable("\n")) }
      try output.flush()
      return .well
    } catch {
      return status(after: error, otherwise: .well)
    }
  }

  /// A reader that has gone away has seen enough; anything else is worth a word.
  static func status(after failure: Output.Failure, otherwise status: ExitStatus) -> ExitStatus {
    switch failure {
    case .readerGone: return status
    case .unwritable(let reason):
      complain("cannot write the output: \(reason)")
      return .failed
    }
  }
}
