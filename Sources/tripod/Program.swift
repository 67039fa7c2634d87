import Glibc
import Shell

/// The edge: arguments and keyboard in, screen and exit status out. What is in between knows neither.
@main
struct Program {
  static func main() {
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
      case .play: return play(arguments, to: output)
      case .designs: return say(arguments.json ? [designsObject] : designsTable, to: &output)
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
    let patience = Patience(limit: arguments.limit, heedsInterrupts: isConversation)
    var player = Player(arguments, patience: patience, output: output)
    do throws(Output.Failure) {
      try isConversation ? player.converse() : player.play(arguments.sources)
      return player.status
    } catch {
      return status(after: error, otherwise: player.status)
    }
  }

  private static func say(_ lines: [String], to output: inout Output) -> ExitStatus {
    do throws(Output.Failure) {
      for line in lines { output.add(line + "\n") }
      try output.flush()
      return .well
    } catch {
      return status(after: error, otherwise: .well)
    }
  }

  /// A reader that has gone away has seen enough; anything else is worth a word.
  private static func status(after failure: Output.Failure, otherwise status: ExitStatus) -> ExitStatus {
    switch failure {
    case .readerGone: return status
    case .unwritable(let reason):
      complain("cannot write the output: \(reason)")
      return .failed
    }
  }
}
