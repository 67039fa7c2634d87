import Glibc

/// The fuzzer's targets in one executable. The name of the executable selects the target. `dictionary` prints
/// the words of the language instead, and `seeds` prints inputs made from its tables.
enum FuzzTarget: String, CaseIterable {
  case commands, facts, lessons, designs, journals, sites, json

  func run(_ bytes: [UInt8]) {
    switch self {
    case .commands: CommandsTarget.run(Text.decoded(bytes))
    case .facts: FactsTarget.run(Text.decoded(bytes))
    case .lessons: LessonsTarget.run(Text.decoded(bytes))
    case .designs: DesignsTarget.run(Text.decoded(bytes))
    case .journals: JournalsTarget.run(Text.decoded(bytes))
    case .sites: SitesTarget.run(bytes)
    case .json: JSONTarget.run(bytes)
    }
  }

  /// The target of this process.
  static let current: FuzzTarget = {
    let path = CommandLine.arguments.first ?? ""
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      Text.printError("start it as one of: \(allCases.map(\.rawValue).joined(separator: ", "))\n")
      exit(2)
    }
    return target
  }()
}

/// Prepares the process. The fuzzer calls this before the first input.
@_cdecl("LLVMFuzzerInitialize")
func initializeFuzzer(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  let path = CommandLine.arguments.first ?? ""
  if path.hasSuffix("/dictionary") || path.hasSuffix("/seeds") {
    print(path.hasSuffix("/seeds") ? Seeds.text : FuzzDictionary.text)
    exit(0)
  }
  _ = FuzzTarget.current
  return 0
}

/// Runs the target on an input. The fuzzer calls this for each input.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.current.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
