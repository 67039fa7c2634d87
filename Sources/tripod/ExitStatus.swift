/// What the program tells whoever started it.
enum ExitStatus: Int32 {
  case well = 0
  /// A command failed, or the output could not be written.
  case failed = 1
  /// Called wrongly, or the input cannot be read.
  case misused = 2
  /// A fault of the program itself.
  case faulty = 70
}
