import Glibc

/// `embed OUTPUT NAME FILE…` writes a Swift file that declares `let NAME: [Document]`, sorted by name.
@main
struct Embed {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else { stop("usage: embed OUTPUT NAME FILE…") }
    var elements: [(name: String, literal: String)] = []
    for path in arguments.dropFirst(2) {
      guard let bytes = contents(of: path) else {
        stop("\(path): error: \(String(cString: strerror(errno)))")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else { stop("\(path): error: not UTF-8") }
      elements.append((stem(of: path), rawLiteral(text)))
    }
    elements.sort { $0.name < $1.name }
    var source = "import Shell\n\nlet \(arguments[1]): [Document] = [\n"
    for element in elements {
      source += "  Document(name: \(rawLiteral(element.name)), text: \(element.literal)),\n"
    }
    source += "]\n"
    guard write(source, to: arguments[0]) else {
      stop("\(arguments[0]): error: \(String(cString: strerror(errno)))")
    }
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    return String(name.prefix { $0 != "." })
  }

  private static func stop(_ message: String) -> Never {
    print(message)
    exit(1)
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { return ferror(file) == 0 ? bytes : nil }
      bytes += chunk[..<count]
    }
  }

  private static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "wb") else { return false }
    let isWritten = fputs(text, file) >= 0
    return fclose(file) == 0 && isWritten
  }
}
