import Blueprint
import Inspector

/// A parameter of a fact.
public struct FactParameter: Sendable {
  public let name: String
  let content: Content
  public var isOptional = false
  /// A description that replaces the usual one for the content, unless it is empty.
  var note = ""

  enum Content: Equatable, Sendable {
    case value(FactType)
    /// A component, or a set of components.
    case components
    /// Commands, up to the closing parenthesis of the call.
    case commands
    /// Components to break, such as `break(server-1.app hang)`.
    case failures
    /// `break(…)`, or components that are broken one at a time.
    case failuresOrComponents
    /// The name of an event, which contains dots, such as `request.failed`.
    case event
    /// A fact that is evaluated several times, each time on another site.
    case repeatedFact(FactType)
  }

  /// The parameter in words.
  public var meaning: String {
    switch content {
    case _ where !note.isEmpty: note
    case .value(let type):
      type.example.isEmpty || name.contains("|") ? type.words : "\(type.words), such as \(type.example)"
    case .components: "a component, or a set of them"
    case .commands: "commands as you type them; they run on a copy"
    case .failures: "a host, component or link, and its fault; several are separated by commas"
    case .failuresOrComponents: "the same, or components that are broken one at a time"
    case .event: "an event, such as request.failed"
    case .repeatedFact(let type): "a fact that is \(type.words), evaluated each time"
    }
  }

  /// Whether the text in the parentheses is something other than a fact.
  var isRaw: Bool { content == .commands || content == .event }

  static let kind = FactParameter(name: "KIND", content: .value(.kind))
  static let optionalKind = FactParameter(name: "KIND", content: .value(.kind), isOptional: true)
  static let component = FactParameter(name: "COMPONENT", content: .value(.component))
  static let components = FactParameter(name: "COMPONENTS", content: .components)
  static let failuresOrComponents = FactParameter(
    name: "break(COMPONENT)|COMPONENTS", content: .failuresOrComponents)
  static let commands = FactParameter(name: "COMMANDS", content: .commands)
  static let failures = FactParameter(name: "break(COMPONENT [FAULT])", content: .failures)
}
