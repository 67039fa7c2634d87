import Blueprint
import Facts
import Inspector

@testable import Shell

/// Inputs made from the tables of the language, so that new elements of a table are fuzzed at once.
enum Seeds {
  /// Returns a line for each seed: its target, and its bytes in hexadecimal.
  static var text: String {
    let seeds =
      facts.map { ("facts", $0) } + designs.map { ("designs", $0) } + commands.map { ("commands", $0) }
    return seeds.map { target, text in "\(target) \(hexadecimal(text))" }.joined(separator: "\n")
  }

  /// For each fact that is a list, a fact for the element after the last one.
  private static var facts: [String] {
    (Fact.table.map(\.example) + Fact.fields.map(\.example)).unique
      .filter { (try? Fact("\($0)[0]")) != nil }.map { "\($0)[\($0).count]" }
  }

  /// The examples of the commands, six in each seed.
  private static var commands: [String] {
    let examples = Command.all.map(\.example)
    return stride(from: 0, to: examples.count, by: 6).map {
      examples[$0..<min($0 + 6, examples.count)].joined(separator: "\n") + "\n"
    }
  }

  // MARK: Designs

  /// Sites that change each setting from its default: first to a small value, then to a large one.
  private static var designs: [String] {
    [false, true].flatMap { isLarge in
      targets.compactMap { target in
        let settings = settings(of: target, isLarge)
        return settings.isEmpty ? nil : (site + settings).map { $0 + "\n" }.joined()
      }
    }
  }

  private static let site = [
    "new", "add server a weight 2", "add server b backup", "add balancer c", "add tls lb-1",
  ]

  private static func buildSite() -> Tutor {
    var session = FuzzSessions.session(work: 1_000)
    for command in site { require(session.checked(command).isOK, "\(command) is refused") }
    return session
  }

  private static let targets: [Blueprint.Target] = {
    var targets: [Blueprint.Target] = [.site, .database]
    for host in buildSite().loadedSite.simulation.topology.hosts {
      targets.append(.at(Address(host.name)))
      targets += ComponentKind.allCases.map { .at(Address(host.name, $0)) }
    }
    return targets
  }()

  /// Returns a command for each setting of the target that can be changed.
  private static func settings(of target: Blueprint.Target, _ isLarge: Bool) -> [String] {
    var session = buildSite()
    var settings: [String] = []
    for setting in session.loadedSite.simulation.topology.settings(at: target) {
      let values = isLarge ? setting.values.samples.reversed() : setting.values.samples
      for value in values {
        let before = session.loadedSite.simulation.topology
        let command = "set \(target.text) \(setting.name.rawValue) \(value.command)"
        guard session.checked(command).isOK, session.loadedSite.simulation.topology != before else {
          continue
        }
        settings.append(command)
        break
      }
    }
    return settings
  }

  private static func hexadecimal(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension Setting.Values {
  /// Returns some of the values, from the smallest to the largest.
  fileprivate var samples: [Setting.Value] {
    switch self {
    case .number(let range): [.number(range.lowerBound), .number(range.upperBound)]
    case .weight: [.number(0), .number(1), .percent(50), .number(256)]
    case .limit(let range): [.none, .number(range.lowerBound), .number(range.upperBound)]
    case .span(let range): [.span(range.lowerBound), .span(.seconds(7)), .span(range.upperBound)]
    case .optionalSpan(let range): [.none, .span(range.lowerBound), .span(range.upperBound)]
    case .flag: [.flag(false), .flag(true)]
    case .words(let words): words.map { .word($0.text) }
    }
  }
}
