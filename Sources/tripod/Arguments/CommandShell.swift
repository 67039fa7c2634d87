/// A command shell that can complete the words of a `tripod` command line.
enum CommandShell: String, CaseIterable {
  case bash, zsh, fish
}
