import Blueprint
import Facts
import Inspector

/// Different ways to write the right answer, and answers that are nearly right.
struct AnswerVariants {
  let right: [String]
  let wrong: [String]

  /// Texts that are never an answer.
  static let nonsense = [
    "???", "%%%%", "no-such-thing", "lb-99.nothing", "\"\"", "; drop", "\u{1F642}",
    String(repeating: "x, ", count: 1_500),
    String(repeating: "9", count: 400),
  ]

  init(_ question: Question, _ derived: FactValue, _ topology: Topology) {
    switch derived {
    case .set(let set):
      let names = set.elements.map { $0.answerText }
      let pool =
        question.kind == .claims
        ? question.choices.map { $0.letter } : AnswerVariants.pool(set.elements, topology)
      right = AnswerVariants.forms(ofSet: names)
      wrong = AnswerVariants.neighbours(of: names, pool, topology)
    case .counts(let counts):
      let names = counts.filter { $0.count > 0 }.map { $0.key.answerText }
      right = AnswerVariants.forms(ofSet: names)
      wrong = AnswerVariants.neighbours(
        of: names, AnswerVariants.pool(counts.map { $0.key }, topology), topology)
    case .list(let elements):
      let names = elements.map { $0.answerText }
      right = [
        names.joined(separator: ", "), names.joined(separator: " ").uppercased(),
        names.joined(separator: " then "),
      ]
      wrong = [names.dropLast().joined(separator: " "), (names + names.prefix(1)).joined(separator: " ")]
        .filter { !$0.isEmpty }
    case .number(let number), .rate(let number):
      right = AnswerVariants.forms(of: number.amount)
      let step = AnswerVariants.step(question.within, number)
      wrong = [AnswerVariants.digits(number.amount + step), AnswerVariants.digits(number.amount - step)]
    case .duration(let seconds):
      let digits = AnswerVariants.digits(seconds.amount)
      right =
        seconds.amount.isFinite ? ["\(digits)s", "\(digits) seconds", "\(digits) S", digits] : ["never"]
      wrong =
        seconds.amount.isFinite
        ? [
          "\(AnswerVariants.digits(seconds.amount * 2 + AnswerVariants.step(question.within, seconds)))s",
          "never",
        ] : ["1s"]
    case .bool(let flag):
      right = flag ? ["yes", "YES", "true"] : ["no", "No.", "false"]
      wrong = flag ? ["no"] : ["yes"]
    case .kind(let kind):
      right = [kind.rawValue, kind.rawValue.uppercased()]
      wrong = RequestKind.allCases.filter { $0 != kind }.map { $0.rawValue }
    case .status(let status):
      right = [status, status.uppercased(), " \(status) "]
      wrong = ["418"]
    case .text(let letter) where question.kind == .choice:
      right = [letter, letter.uppercased(), "\(letter))"]
      wrong = question.choices.map { $0.letter }.filter { $0 != letter }
    case .component(let name):
      right = [name, name.uppercased(), "the \(name)."]
      wrong = AnswerVariants.pool([derived], topology).filter {
        topology.fullName($0) != topology.fullName(name)
      }
      .prefix(3)
      .map { $0 }
    case .nothing, .word, .text, .report:
      right = [derived.answerText, derived.answerText.uppercased()]
      wrong = []
    }
  }

  private static func forms(ofSet names: [String]) -> [String] {
    guard !names.isEmpty else { return ["none", "nothing", "NONE"] }
    let reversed = Array(names.reversed())
    return [
      names.joined(separator: ", "), reversed.joined(separator: " and "),
      names.joined(separator: " ").uppercased(),
      (names + reversed).joined(separator: ","), names.joined(separator: " , ") + ".",
    ]
  }

  /// Returns wrong sets: some lack one element, and one has an extra element.
  private static func neighbours(of names: [String], _ pool: [String], _ topology: Topology) -> [String] {
    // If a component is named, naming its host as well makes no difference.
    func isImplied(_ name: String) -> Bool {
      topology.host(named: name) != nil && names.contains { $0.hasPrefix("\(name).") }
    }
    let fewer = names.indices.filter { !isImplied(names[$0]) }.map { left in
      names.indices.filter { $0 != left && !isImplied(names[$0]) }.map { names[$0] }.joined(separator: ", ")
    }
    let known = names.map { topology.fullName($0) }
    let extra = pool.first { !known.contains(topology.fullName($0)) && !isImplied($0) }
    return fewer.map { $0.isEmpty ? "none" : $0 }
      + (extra.map { [(names + [$0]).joined(separator: ", ")] } ?? [])
  }

  /// Returns other values that have the same type.
  private static func pool(_ elements: [FactValue], _ topology: Topology) -> [String] {
    switch elements.first {
    case .kind: RequestKind.allCases.map { $0.rawValue }
    case .status: ["200", "418", "503"]
    case .number: ["97", "98"]
    case .component, nil:
      topology.hosts.flatMap { host in host.parts.map { Address(host.name, $0).text } }
    case .bool, .duration, .rate, .nothing, .word, .text, .set, .list, .counts, .report: []
    }
  }

  private static func step(_ tolerance: Question.Tolerance?, _ value: Quantity) -> Double {
    let own: Double
    switch tolerance {
    case nil: own = 0
    case .percent(let share): own = value.amount.magnitude * share / 100
    case .absolute(let amount): own = amount
    }
    let uncertainty = max(own, value.uncertainty)
    return uncertainty > 0 ? uncertainty * 2 : 1
  }

  private static func digits(_ number: Double) -> String {
    let text = FactValue.number(Quantity(number)).text
    return text
  }

  private static func forms(of number: Double) -> [String] {
    let plain = digits(number)
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    let whole = number == number.rounded() && (0...10).contains(number) ? [words[Int(number)]] : []
    return [plain, " \(plain). ", "about \(plain)"] + whole
  }
}
