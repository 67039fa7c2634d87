/// The exit status of the program.
enum ExitStatus: Int32 {
  case success = 0
  /// A command failed, or the output could not be written.
  case failed = 1
  /// The command line is wrong, or the input cannot be read.
  case misuse = 2
  /// An internal error in Tripod.
  case internalError = 70
}
