import CLibedit
import CMemory
import Glibc
import Shell

/// The entry point of `tripod`: it reads the command line and sets the exit status.
@main
struct Program {
  static func main() {
    memory_keep()
    InternalError.installHandlers()
    Descriptors.openStandardDescriptors()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ words: [String]) -> ExitStatus {
    var output = Output(descriptor: STDOUT_FILENO)
    do throws(Misuse) {
      let arguments = try ProgramArguments(words)
      switch arguments.mode {
      case .shell, .learn, .present: return runSession(arguments, to: output)
      case .test:
        let limits = RunLimits(limit: arguments.limit, signals: nil)
        return arguments.isClassReport
          ? try ClassRun(arguments, limits).run(to: &output)
          : try TestRun(arguments, limits).run(to: &output)

      case .lessonTools: return try LessonTools(arguments).run(to: &output)
      case .lessons: return listLessons(arguments, to: &output)
      case .designs where arguments.json: return output.print([ContentsList.designsJSON])
      case .designs:
        let painter = Painter(arguments, for: output)
        let lines = ContentsList.designLines
        // Another program gets one line for each design.
        let fitting = output.isTerminal ? lines.flatMap { $0.wrapped(to: output.columns) } : lines
        return output.print(fitting.map { painter.text($0) })
      case .man: return output.print(ManualPage.lines)
      case .completions(let shell): return output.print(CompletionScript.lines(for: shell))
      case .version: return output.print(["tripod \(Session.version)"])
      case .help: return output.print([Usage.text])
      }
    } catch {
      printError(error.sentence)
      return .misuse
    }
  }

  private static func runSession(_ arguments: ProgramArguments, to output: Output) -> ExitStatus {
    let isInteractive = arguments.sources.isEmpty && isatty(STDIN_FILENO) == 1
    do throws(LessonCollection.LoadError) {
      let collection = try LessonCollection(arguments)
      for file in collection.unreadable { printError("skipped \(file.path): \(file.reason)") }
      return isInteractive
        ? runShell(arguments, collection, output) : runScripts(arguments, collection, output)
    } catch {
      printError(error.sentence)
      return .misuse
    }
  }

  private static func runScripts(
    _ arguments: ProgramArguments, _ collection: LessonCollection, _ output: Output
  ) -> ExitStatus {
    let limits = RunLimits(limit: arguments.limit, signals: nil)
    var runner = SessionRunner(arguments, collection, limits: limits, output: output)
    do throws(Output.WriteError) {
      if let lesson = collection.lesson, arguments.mode == .present {
        try runner.present(lesson)
      } else {
        if arguments.mode == .learn { try runner.enterLesson(collection.lesson, isShort: arguments.isShort) }
        try runner.play(arguments.sources)
      }
      return runner.status
    } catch {
      return ExitStatus(after: error, otherwise: runner.status)
    }
  }

  private static func runShell(
    _ arguments: ProgramArguments, _ collection: LessonCollection, _ output: Output
  ) -> ExitStatus {
    let signals = Signals()
    let limits = RunLimits(limit: arguments.limit, signals: signals)
    let savedWork = arguments.mode == .present ? nil : SavedWork(seed: arguments.seed)
    var runner = SessionRunner(arguments, collection, limits: limits, output: output, savedWork: savedWork)
    var status = ExitStatus.success
    do throws(Output.WriteError) {
      if let lesson = collection.lesson, arguments.mode == .present {
        try runner.present(lesson)
      } else {
        try runner.runShell(collection.lesson)
      }
      status = runner.status
    } catch {
      status = ExitStatus(after: error, otherwise: runner.status)
    }
    terminal_restore()
    if let signal = runner.endingSignal { signals.end(by: signal) }
    return status
  }

  private static func listLessons(_ arguments: ProgramArguments, to output: inout Output) -> ExitStatus {
    do throws(LessonCollection.LoadError) {
      let reply = try ContentsList.lessons(arguments)
      let painter = Painter(arguments, for: output)
      return output.print(
        arguments.json ? [Printable(reply.json.text)] : reply.lines.map { painter.text($0) })
    } catch {
      printError(error.sentence)
      return .misuse
    }
  }
}
