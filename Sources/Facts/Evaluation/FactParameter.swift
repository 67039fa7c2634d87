import Blueprint
import Inspector

/// What a fact is asked about.
public struct FactParameter: Sendable {
  public let name: String
  let form: Form
  public var isOptional = false
  /// What stands there, where its kind does not say it.
  var note = ""

  enum Form: Equatable, Sendable {
    case value(FactType)
    /// One component, or a set of them.
    case components
    /// Commands of the language, up to the closing parenthesis.
    case commands
    /// `break(server-1.app hang)`.
    case breaking
    /// The same, or components of which each is broken alone.
    case failing
    /// A name with points, such as `request.failed`.
    case event
    /// A fact that is judged several times, each time about another site.
    case later(FactType)
  }

  /// What stands there, for people.
  public var meaning: String {
    switch form {
    case _ where !note.isEmpty: note
    case .value(let type):
      type.example.isEmpty || name.contains("|") ? type.words : "\(type.words), such as \(type.example)"
    case .components: "a component, or a set of them"
    case .commands: "commands as they are typed; they are obeyed on a copy"
    case .breaking: "a host, a part or a link, and how it fails; several with commas"
    case .failing: "the same, or components of which each is broken alone"
    case .event: "something that may have been seen, such as request.failed"
    case .later(let type): "a fact that is \(type.words), judged anew each time"
    }
  }

  /// Whether no fact stands in the parentheses.
  var isRaw: Bool { form == .commands || form == .event }

  static let kind = FactParameter(name: "KIND", form: .value(.kind))
  static let optionalKind = FactParameter(name: "KIND", form: .value(.kind), isOptional: true)
  static let component = FactParameter(name: "COMPONENT", form: .value(.component))
  static let components = FactParameter(name: "COMPONENTS", form: .components)
  static let failing = FactParameter(name: "break(COMPONENT)|COMPONENTS", form: .failing)
  static let commands = FactParameter(name: "COMMANDS", form: .commands)
  static let breaking = FactParameter(name: "break(COMPONENT [FAULT])", form: .breaking)
}
