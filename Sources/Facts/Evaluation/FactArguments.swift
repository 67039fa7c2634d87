import Blueprint
import Inspector

/// The evaluated arguments of a call.
struct FactArguments: Sendable {
  var values: [FactArgument] = []
  var rate: Quantity?
  var fault: Fault?
  /// The range of the call in the text of the fact.
  let position: Range<Int>

  /// Returns the kind of request that is the argument at this index.
  func kind(_ index: Int) -> RequestKind? { value(index)?.requestKind }

  func value(_ index: Int) -> FactValue? {
    guard values.indices.contains(index), case .value(let value) = values[index] else { return nil }
    return value
  }

  func component(_ index: Int) -> String? { value(index)?.componentName }

  /// Returns the names in the argument at this index: those of a set or list, or a single component.
  func components(_ index: Int) -> [String] {
    guard let value = value(index) else { return [] }
    if let name = value.componentName { return [name] }
    if case .list(let elements) = value { return elements.map { $0.text } }
    return value.elements.compactMap { if case .component(let name) = $0 { name } else { nil } }
  }

  func commands(_ index: Int) -> String {
    if values.indices.contains(index), case .commands(let text) = values[index] { text } else { "" }
  }

  func event(_ index: Int) -> String {
    if values.indices.contains(index), case .event(let text) = values[index] { text } else { "" }
  }

  func failures(_ index: Int) -> [FactFailure] {
    if values.indices.contains(index), case .failures(let failures) = values[index] { failures } else { [] }
  }

  func repeatedFact(_ index: Int) -> FactTerm? {
    if values.indices.contains(index), case .repeatedFact(let term, _) = values[index] { term } else { nil }
  }

  /// Returns the range of the repeated fact in the text. It is empty if the argument is not such a fact.
  func positionOfRepeatedFact(_ index: Int) -> Range<Int> {
    if values.indices.contains(index), case .repeatedFact(_, let position) = values[index] {
      position
    } else {
      0..<0
    }
  }
}

/// A target to break, and the fault to inject (default: the usual fault of the target).
struct FactFailure: Equatable, Sendable {
  let component: String
  let fault: Fault?
}

enum FactArgument: Sendable {
  case value(FactValue)
  case commands(String)
  case failures([FactFailure])
  case event(String)
  case repeatedFact(FactTerm, position: Range<Int>)
}
